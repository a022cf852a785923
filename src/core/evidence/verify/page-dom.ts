// The few things of a browser that the verifier page touches, with their types. The project compiles without the DOM
// library on purpose: with it, `name`, `event` or `status` would be known words in every file, and a slip would compile.

export interface PageFile {
  readonly name: string
  readonly size: number
  readonly webkitRelativePath: string
  readonly text: () => Promise<string>
}

export interface PageEvent {
  readonly preventDefault: () => void
  readonly dataTransfer?: { readonly files: Iterable<PageFile> }
}

export interface PageElement {
  textContent: string
  className: string
  lang: string
  readonly files?: Iterable<PageFile>
  readonly append: (...parts: (PageElement | string)[]) => void
  readonly setAttribute: (name: string, value: string) => void
  readonly addEventListener: (name: string, heard: (event: PageEvent) => void) => void
}

export const page = globalThis as unknown as {
  readonly document: Pick<PageElement, 'addEventListener'> & {
    readonly getElementById: (id: string) => PageElement | null
    readonly createElement: (name: string) => PageElement
  }
}

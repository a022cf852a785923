// The part of the WebAssembly interface this room uses, typed here, since it is declared for browsers only.

export interface Memory {
  readonly buffer: ArrayBuffer
}

interface Interface {
  readonly Memory: new (size: { readonly initial: number }) => Memory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: Readonly<Record<string, (...args: number[]) => number>> }
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: Interface }).WebAssembly

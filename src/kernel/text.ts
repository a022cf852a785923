// A text a person reads, always in both languages, written where the thing it names is declared.

export interface Text {
  readonly zh: string
  readonly en: string
}

export type Lang = 'zh' | 'en'

export const text = (zh: string, en: string): Text => ({ zh, en })

/** Fills `{name}` places of a template; a place without a value stays visible as `{name}`. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{([^{}]+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

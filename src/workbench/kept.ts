// Choices a person made on this computer (language, role, columns), in the browser's own storage. Always holds: where the
// storage is closed or holds nonsense, the workbench works on and simply forgets.

const PREFIX = 'qingshan.'

export function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined
  } catch {
    return undefined
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // Private windows may forbid it; then the choice lasts as long as the page.
  }
}

/** A list of words kept as JSON. */
export function keptWords(name: string): readonly string[] | undefined {
  const text = kept(name)
  if (text === undefined) return undefined
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) && read.every((w) => typeof w === 'string') ? read : undefined
  } catch {
    return undefined
  }
}

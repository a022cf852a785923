// What GDAL writes beside the pixels of a band (tag 42112): scale, offset, unit, a sentence about the band.
// `<GDALMetadata><Item name="SCALE" sample="0" role="scale">0.1</Item></GDALMetadata>`
// Always holds: the tag is a remark of one program; what it cannot say is not stated.

import { xmlReader } from '../../core/exchange-formats/index.ts'

export interface BandNotes {
  /** Stored value × scale + offset = value, as the file writes them. */
  readonly scale?: string
  readonly offset?: string
  readonly description?: string
  readonly unit?: string
}

const ROLES: Readonly<Record<string, keyof BandNotes>> = {
  scale: 'scale',
  offset: 'offset',
  description: 'description',
  unittype: 'unit',
}

/** Notes by band, 1 is the first; bands without notes are absent. */
export function readBandNotes(metadata: string | undefined): ReadonlyMap<number, BandNotes> {
  const notes = new Map<number, BandNotes>()
  let open: { readonly band: number; readonly key: keyof BandNotes } | undefined
  let said = ''
  try {
    const reader = xmlReader({
      open(name, a) {
        const key = name === 'Item' ? ROLES[a['role'] ?? ''] : undefined
        const sample = a['sample'] ?? '0'
        open = key !== undefined && /^\d+$/.test(sample) ? { band: Number(sample) + 1, key } : undefined
        said = ''
      },
      close() {
        if (open && said.trim() !== '') notes.set(open.band, { ...notes.get(open.band), [open.key]: said.trim() })
        open = undefined
      },
      text(text) {
        said += text
      },
    })
    reader.write(new TextEncoder().encode(metadata ?? '<none/>'))
    reader.end()
  } catch {
    return new Map()
  }
  return notes
}

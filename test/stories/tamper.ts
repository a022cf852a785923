// A forger who knows the format: changes a file of a package and mends manifest and sums so that every hash agrees.

import { createHash } from 'node:crypto'

const sha256 = (b: Uint8Array): string => createHash('sha256').update(b).digest('hex')

export function tampered(
  files: Readonly<Record<string, Uint8Array>>,
  name: string,
  change: (text: string) => string,
): Record<string, Uint8Array> {
  const [decode, encode] = [new TextDecoder(), new TextEncoder()]
  const bytes = encode.encode(change(decode.decode(files[name])))
  const was = sha256(files[name]!)
  const manifest = encode.encode(
    decode
      .decode(files['manifest.json'])
      .replace(was, sha256(bytes))
      .replace(`"bytes":${files[name]!.length},"name":"${name}"`, `"bytes":${bytes.length},"name":"${name}"`),
  )
  return { ...files, [name]: bytes, 'manifest.json': manifest }
}

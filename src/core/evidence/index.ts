// The public log: a Merkle tree over all acts, its static files, signed and cosigned heads, proofs and their verifier.
// What verifies runs in a browser; only the witness process and its state need Node.

export * from './merkle.ts'
export * from './tile.ts'
export * from './write-tiles.ts'
export {
  isKeyName,
  openNote,
  parseNote,
  writeNote,
  type Note,
  type NoteSignature,
  type OpenedNote,
  type Signer,
  type Verifier,
} from './note.ts'
export {
  makeKey,
  keyOfSeed,
  signerOf,
  verifierKeyOf,
  verifierOf,
  cosignatureTime,
  type KeyPair,
  type KeyType,
  type Random,
} from './keys.ts'
export * from './sm2.ts'
export * from './checkpoint.ts'
export * from './publish.ts'
export * from './witness.ts'
export * from './witness-server.ts'
export * from './witness-client.ts'
export * from './leaf.ts'
export * from './commitment.ts'
export * from './proof.ts'
export * from './verify-proof.ts'
export * from './fsck.ts'
export { buildVerifierPage, type PageKeys } from './verify/page-html.ts'

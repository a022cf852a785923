// The second door of this room, for browsers: judging a proof and nothing that writes a log. No Node modules behind it.

export { MAX_PROOF_BYTES } from '../proof.ts'
export { anyVerifierOf } from '../sm2.ts'
export { verifyProof, type ProofTrust, type Step, type Verdict } from '../verify-proof.ts'
export type { PageKeys } from './page-html.ts'

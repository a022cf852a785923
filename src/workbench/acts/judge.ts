// The project's own verifier, run in the browser with the keys that the verifier page of this office carries. A part of
// its own: its mathematics are loaded only when a proof is looked at.

import { anyVerifierOf, verifyProof, type PageKeys, type Verdict } from '../../core/evidence/verify/index.ts'
import { call } from '../api/call.ts'

export async function judge(proof: string): Promise<Verdict> {
  const page = new DOMParser().parseFromString(await call<string>('/verify'), 'text/html')
  const keys = JSON.parse(page.getElementById('trust')?.textContent ?? '') as PageKeys
  const [logs, witnesses] = await Promise.all([
    Promise.all(keys.logs.map(anyVerifierOf)),
    Promise.all(keys.witnesses.map(anyVerifierOf)),
  ])
  return verifyProof(proof, { logs, witnesses, quorum: keys.quorum })
}

// What runs inside the verifier page: reads the files a person drops or chooses, judges each, and writes the steps in
// words. Entry of its own bundle (esbuild, iife, browser). Files come from anybody: they are only ever written as text,
// never as markup, and a file that is too large is not read.

import { ProblemError } from '../../../kernel/index.ts'
import { MAX_PROOF_BYTES } from '../proof.ts'
import { anyVerifierOf } from '../sm2.ts'
import { verifyProof, type KnownCheckpoints, type ProofTrust, type Step, type Verdict } from '../verify-proof.ts'
import { page, type PageElement, type PageFile } from './page-dom.ts'
import type { PageKeys } from './page-html.ts'

/** More good proofs than this are counted, not listed; wrong ones are always listed. */
const MAX_LISTED = 200

const MARK = { ok: '✓', failed: '✗', 'not-checked': '—' } as const satisfies Record<Step['outcome'], string>

const byId = (id: string): PageElement => page.document.getElementById(id)!

function element(name: string, text: string, className = ''): PageElement {
  const made = page.document.createElement(name)
  made.textContent = text
  made.className = className
  return made
}

function english(text: string): PageElement {
  const made = element('span', text, 'en')
  made.lang = 'en'
  return made
}

async function readTrust(): Promise<ProofTrust> {
  // Ours: the page was built with it.
  const keys = JSON.parse(byId('trust').textContent) as PageKeys
  byId('keys').textContent = [...keys.logs, ...keys.witnesses].join('\n')
  const [logs, witnesses] = await Promise.all([
    Promise.all(keys.logs.map(anyVerifierOf)),
    Promise.all(keys.witnesses.map(anyVerifierOf)),
  ])
  return { logs, witnesses, quorum: keys.quorum }
}

function show(name: string, verdict: Verdict): PageElement {
  const box = page.document.createElement('details')
  if (!verdict.holds) box.setAttribute('open', '')
  const line = page.document.createElement('summary')
  line.append(
    element('span', verdict.holds ? '✓ 成立' : '✗ 不成立', verdict.holds ? 'ok' : 'failed'),
    ` ${name}`,
    english(verdict.holds ? 'holds' : 'does not hold'),
  )
  const steps = page.document.createElement('ol')
  for (const step of verdict.steps) {
    const item = page.document.createElement('li')
    item.setAttribute('data-step', step.name)
    item.setAttribute('data-outcome', step.outcome)
    item.append(
      element('span', MARK[step.outcome], step.outcome),
      ` ${step.zh}`,
      english(`${step.en} [${step.standard}]`),
    )
    steps.append(item)
  }
  box.append(line, steps)
  if (verdict.proved) box.append(element('pre', verdict.proved.act))
  return box
}

const started = readTrust()

async function judge(files: readonly PageFile[]): Promise<void> {
  const trust = await started
  const known: KnownCheckpoints = new Map()
  const results = byId('results')
  results.textContent = ''
  let good = 0
  let wrong = 0
  for (const file of files) {
    // An audit folder holds workbooks and tiles too; a file dropped by itself is judged whatever its name.
    if (files.length > 1 && !file.name.endsWith('.json')) continue
    const text = file.size > MAX_PROOF_BYTES ? '' : await file.text()
    const verdict = verifyProof(text, trust, known)
    if (verdict.holds) good++
    else wrong++
    if (!verdict.holds || good <= MAX_LISTED) results.append(show(file.webkitRelativePath || file.name, verdict))
    // A long list stays alive: the page may breathe between files.
    if ((good + wrong) % 50 === 0) await new Promise((done) => setTimeout(done, 0))
  }
  const summary = byId('summary')
  summary.textContent = `共 ${good + wrong} 份：✓ 成立 ${good} 份，✗ 不成立 ${wrong} 份。`
  summary.append(english(`${good + wrong} proofs: ${good} hold, ${wrong} do not.`))
}

function fail(e: unknown): void {
  const problems = e instanceof ProblemError ? e.problems : []
  byId('summary').textContent =
    problems.length > 0 ? problems.map((p) => `✗ ${p.zh} ${p.en}`).join('\n') : `✗ ${String(e)}`
}

for (const id of ['files', 'folder']) {
  const input = byId(id)
  input.addEventListener('change', () => void judge([...(input.files ?? [])]).catch(fail))
}
const drop = byId('drop')
for (const name of ['dragover', 'drop', 'dragleave'] as const)
  page.document.addEventListener(name, (event) => {
    event.preventDefault()
    drop.className = name === 'dragover' ? 'over' : ''
    if (name === 'drop') void judge([...(event.dataTransfer?.files ?? [])]).catch(fail)
  })
started.catch(fail)

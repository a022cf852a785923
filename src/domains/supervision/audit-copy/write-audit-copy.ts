// `qingshan audit copy`: a folder that an auditor opens without network. Serves S2 and S4 of the clause list (audit and
// supervision) and B1 (every step can be queried, traced and not be tampered with). One unchanging view of the database; every
// act has its proof file, made from the published log and checked against its signed root before it is written.
//   chosen    a proof file for every act: anybody can check any act with a browser alone
//   rejected  proofs of the sample only: for the rest an auditor would need our program and the tiles

import { GRADE_TITLES, ProblemError, sees, type Grade } from '../../../kernel/index.ts'
import {
  actLeafHash,
  anyVerifierOf,
  buildVerifierPage,
  CHECKPOINT_PATH,
  inclusionProof,
  openCheckpoint,
  readTile,
  tilePath,
  tileReader,
  tilesOf,
  verifyInclusion,
  writeProof,
  type HashReader,
  type OpenedCheckpoint,
} from '../../../core/evidence/index.ts'
import type { Reader } from '../../../core/store/index.ts'
import { supervisionProblem } from '../problems.ts'
import { actPage } from './act-page.ts'
import { jsonText } from './act-view.ts'
import { openBooks } from './books.ts'
import { documentCopier } from './documents.ts'
import { groupedDigits } from './figures.ts'
import { gatherer, type GatheredAct } from './gather.ts'
import { grantsOf } from './grants.ts'
import { indexPage, type SampledRow } from './index-page.ts'
import { SAMPLE, type AuditAsk, type AuditHouse, type AuditProgress, type AuditReport } from './model.ts'
import type { Names } from './names.ts'
import { paths } from './paths.ts'
import { readmeText } from './readme.ts'
import { drawSample } from './sample.ts'
import { scopeOf } from './scope.ts'
import { openWholeFolder, type WholeFolder } from './whole-folder.ts'

/** @throws ProblemError `audit.…`, `log.…`; then nothing is left under the name of the folder */
export async function writeAuditCopy(
  house: AuditHouse,
  ask: AuditAsk,
  folder: string,
  progress: (at: AuditProgress) => void = () => undefined,
): Promise<AuditReport> {
  const { keys } = house.verifier
  const [logs, witnesses] = await Promise.all([
    Promise.all(keys.logs.map(anyVerifierOf)),
    Promise.all(keys.witnesses.map(anyVerifierOf)),
  ])
  const head = openCheckpoint(house.log.checkpoint, { logs, witnesses })
  const out = await openWholeFolder(folder)
  try {
    const written = await house.store.transaction((tx) => write(tx, house, ask, head, out, progress), {
      snapshot: true,
    })
    progress({ stage: 'manifest', done: 0, of: 1 })
    return { ...written, folder, ...(await out.finish()) }
  } catch (e) {
    await out.abandon()
    throw e
  }
}

async function write(
  tx: Reader,
  house: AuditHouse,
  ask: AuditAsk,
  head: OpenedCheckpoint,
  out: WholeFolder,
  progress: (at: AuditProgress) => void,
): Promise<Omit<AuditReport, 'folder' | 'files' | 'manifest'>> {
  const scope = await scopeOf(tx, ask)
  const last = scope.acts.at(-1)
  if (last && last.leaf >= head.size)
    throw new ProblemError(supervisionProblem('audit.log-behind', { leaf: last.leaf, size: head.size }))
  await copyLog(house, head, out, progress)

  const drawn = drawSample(scope.acts, ask.sample ?? SAMPLE, ask.seed)
  const sampled = new Set(drawn.map((a) => a.leaf))
  const { names, pages } = gatherer(tx, scope, house, ask)
  const books = openBooks(out, names, ask)
  const documents = documentCopier(house.files, out, ask)
  const hashes = remembered(tileReader(house.log.read, head.size))
  const rows: SampledRow[] = []
  let withheld = 0
  let done = 0
  for await (const page of pages()) {
    const proofs = await Promise.all(page.map((act) => proofOf(act, hashes, head, house.log.checkpoint)))
    for (const [i, act] of page.entries()) {
      const proof = proofs[i]
      if (proof === undefined) withheld++
      else await out.write(paths.proof(act.leaf), proof)
      await documents.take(act, sampled.has(act.leaf))
      await books.take(act, sampled.has(act.leaf))
      if (!sampled.has(act.leaf)) continue
      const world = {
        names,
        documentAt: documents.at,
        pages: sampled,
        internal: sees(ask.grade, 'internal'),
        zone: ask.zone,
      }
      await out.write(paths.act(act.leaf), actPage(act, world))
      rows.push(sampledRow(act, names, ask.grade))
    }
    done += page.length
    progress({ stage: 'acts', done, of: scope.acts.length })
  }
  const grants = await grantsOf(tx, scope, house, ask, names)
  for (const g of grants) await books.grant(g)
  progress({ stage: 'workbooks', done: 0, of: 1 })
  const workbooks = await books.finish()
  await names.meet({ places: [ask.region] })
  const region = names.place(ask.region)
  const report = {
    acts: scope.acts.length,
    ...books.counts(),
    grants: grants.length,
    documents: documents.count(),
    withoutPlace: scope.withoutPlace,
    withheld,
    sampled: drawn.map((a) => a.leaf),
  }
  await out.write(paths.verifier, buildVerifierPage(house.verifier.script, house.verifier.keys))
  await out.write(paths.readme, readmeText(ask, region, head.size))
  const { checkpoint } = house.log
  const gradeTitle = GRADE_TITLES[ask.grade].zh
  await out.write(
    paths.index,
    indexPage({ ask, region, gradeTitle, report, checkpoint, workbooks, sample: rows, grants }),
  )
  return report
}

/** All static files of the log up to the checkpoint, and the checkpoint. They tell of other regions nothing but digests. */
async function copyLog(
  { log }: AuditHouse,
  head: OpenedCheckpoint,
  out: WholeFolder,
  progress: (at: AuditProgress) => void,
): Promise<void> {
  let leaves = 0
  for (const tile of tilesOf(head.size)) {
    await out.write(paths.log(tilePath(tile)), await readTile(log.read, tile))
    if (tile.level === 0) progress({ stage: 'log', done: (leaves += tile.width), of: head.size })
  }
  await out.write(paths.log(CHECKPOINT_PATH), log.checkpoint)
}

/** Neighbouring acts share almost all of their paths: each subtree is hashed once, not once an act. */
function remembered(read: HashReader): HashReader {
  const known = new Map<string, ReturnType<HashReader>>()
  return (level, index) => {
    const key = `${level}/${index}`
    const found = known.get(key)
    if (found) return found
    if (known.size >= HASHES_KEPT) known.clear()
    const made = read(level, index)
    known.set(key, made)
    return made
  }
}
/** Some 5 MB. */
const HASHES_KEPT = 20_000

/** The proof file of an act; undefined where its text may not be shown. @throws ProblemError `audit.act-not-in-log` */
async function proofOf(
  act: GatheredAct,
  hashes: HashReader,
  head: OpenedCheckpoint,
  checkpoint: string,
): Promise<string | undefined> {
  const { leaf: index, row, view } = act
  const path = await inclusionProof(hashes, index, head.size)
  const leaf = actLeafHash(row.salt, row.content)
  if (!verifyInclusion({ index, size: head.size, leaf, root: head.root }, path))
    throw new ProblemError(supervisionProblem('audit.act-not-in-log', { act: row.id, leaf: index }))
  if (view.withheld) return undefined
  return writeProof({
    act: row.content,
    salt: row.salt,
    index,
    size: head.size,
    path,
    checkpoint,
    revealed: view.revealed,
  })
}

function sampledRow(act: GatheredAct, names: Names, grade: Grade): SampledRow {
  const { row, view, leaf } = act
  const booked = act.postings.map((p) => `${p.asset?.title_zh ?? ''} ${groupedDigits(p.amount)} ${p.asset?.unit ?? ''}`)
  const measured = act.values.map((v) => `${v.title} ${groupedDigits(v.value)} ${v.unit}`)
  const outcome = [...booked, ...measured]
  return {
    leaf,
    id: row.id,
    date: row.legal_date,
    title: view.title.zh + (row.kind === 'approval-requested' ? '（申请）' : ''),
    place: row.place === null ? '' : names.place(row.place),
    person: sees(grade, 'internal') ? names.person(row.person) : '＊＊＊',
    outcome: outcome.length > 0 ? outcome.slice(0, 3).join('；') : statusOf(act),
    withheld: view.withheld,
  }
}

/** What is left to say of an act that booked and measured nothing. */
function statusOf({ view }: GatheredAct): string {
  const { answer } = view.content
  const number = (answer as { readonly number?: unknown } | null)?.number
  return typeof number === 'string' && view.answer === jsonText(answer) ? number : ''
}

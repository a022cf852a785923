// The audit copy as an auditor meets it: a folder, links, a manifest, proofs; on each engine.

import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leafEntry, verifierOf, verifyProof } from '../../core/evidence/index.ts'
import { logKeys } from '../../core/evidence/evidence.fixture.ts'
import { readWorkbook } from '../../core/exchange-formats/index.ts'
import { ENGINES } from '../../core/store/fresh-store.fixture.ts'
import { sql } from '../../core/store/index.ts'
import { civilDate, ProblemError } from '../../kernel/index.ts'
import { issue, type TestHouse } from '../../../test/record-house.fixture.ts'
import {
  ASK,
  auditHouse,
  FORMULA,
  history,
  openAuditHouse,
  SCAN_HASH,
  SECRET_FINDING,
  VILLAGER,
} from './audit.fixture.ts'
import { checkAuditCopy, writeAuditCopy, type AuditHouse, type AuditReport } from './index.ts'

const root = mkdtempSync(join(tmpdir(), 'qingshan-audit-'))
afterAll(() => rmSync(root, { recursive: true }))

const trust = { logs: [verifierOf(logKeys.verifierKey)], witnesses: [], quorum: 0 }
const hrefs = (page: string): string[] => [...page.matchAll(/href="([^"#][^"]*?)(?:#[^"]*)?"/g)].map((m) => m[1]!)
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => statSync(join(folder, f)).isFile())
const codes = async (work: Promise<unknown>): Promise<readonly string[]> => {
  try {
    await work
    return []
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    return e.problems.map((p) => p.code)
  }
}

describe.each(ENGINES)('an audit copy on %s', (engine) => {
  let house: TestHouse
  let from: AuditHouse
  let report: AuditReport
  const folder = join(root, engine)
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
  beforeAll(async () => {
    house = await openAuditHouse(engine)
    await history(house)
    from = await auditHouse(house)
    report = await writeAuditCopy(from, ASK, folder)
  })
  afterAll(() => house.close())

  test('a sampled row leads by its links to the act, its postings, its source and a proof that holds', () => {
    expect(report).toMatchObject({
      acts: 19,
      postings: 14,
      values: 1,
      requests: 2,
      grants: 1,
      documents: 1,
      withheld: 0,
    })
    expect(report.sampled.length).toBe(19)
    const pages = hrefs(read('index.html')).filter((h) => h.startsWith('acts/'))
    expect(new Set(pages).size).toBe(19)
    const seen = { postings: 0, scans: 0, values: 0, paper: 0 }
    for (const path of new Set(pages)) {
      const page = read(path)
      const links = hrefs(page).map((h) => posix.join(dirname(path), h))
      expect(links.filter((l) => !existsSync(join(folder, l)))).toEqual([])
      expect(links).toContain('verify.html')
      const proof = links.find((l) => l.startsWith('proofs/'))!
      const verdict = verifyProof(read(proof), trust)
      expect(verdict.holds).toBe(true)
      const act = JSON.parse(verdict.proved!.act) as { readonly id: string; readonly kind: string }
      expect(page).toContain(act.id)
      if (act.kind === 'permit-transferred') expect(page).toMatch(/<td class="num">[12]\d kg<\/td>/)
      if (page.includes('借（付出）')) seen.postings++
      if (page.includes('12.50 %') && page.includes('rule: test@1')) seen.values++
      if (page.includes('纸质签批：王某某（局长），2026-03-02')) seen.paper++
      if (links.includes(`documents/${SCAN_HASH}.pdf`)) seen.scans++
    }
    expect(seen).toEqual({ postings: 14, scans: 2, values: 1, paper: 2 })
    expect(hrefs(read('index.html')).filter((h) => !existsSync(join(folder, h)))).toEqual([])
    expect(
      filesIn(folder)
        .filter((f) => f.endsWith('.html'))
        .every((f) => !/(src|href)="https?:/.test(read(f))),
    ).toBe(true)
  })

  test('every file of the log is there, and every act outside the region is a digest only', async () => {
    const everything = filesIn(folder)
      .map((f) => readFileSync(join(folder, f)).toString('latin1'))
      .join('\n')
    const [other] = await house.store.query<{ id: string }>(sql`select id from act where place = '520100'`)
    expect(everything).not.toContain(other!.id)
    expect(read('log/checkpoint')).toBe(from.log.checkpoint)
    expect(filesIn(join(folder, 'log')).sort()).toEqual(['checkpoint', 'tile/0/000.p/20', 'tile/entries/000.p/20'])
  })

  test('the sample can be drawn again from the printed seed', async () => {
    const small = join(root, `${engine}-small`)
    const drawn = await writeAuditCopy(from, { ...ASK, sample: 5 }, `${small}/`)
    const rows = await house.store.query<{ id: string; leaf: bigint }>(
      sql`select a.id::text as id, l.leaf_index as leaf from act a join log_leaf l on l.act = a.id where a.place = '430100'`,
    )
    const lot = (id: string): string => createHash('sha256').update(`${ASK.seed}\n${id}`).digest('hex')
    const again = rows
      .toSorted((a, b) => (lot(a.id) < lot(b.id) ? -1 : 1))
      .slice(0, 5)
      .map((r) => Number(r.leaf))
    expect(drawn.sampled).toEqual(again.sort((a, b) => a - b))
    expect(readFileSync(join(small, 'index.html'), 'utf8')).toContain(ASK.seed)
    expect(filesIn(join(small, 'proofs')).length).toBe(19)
  })

  test('one byte changed in any file of the copy is found by its manifest, and in a proof by the verifier', async () => {
    expect(await checkAuditCopy(`${folder}/`, report.manifest)).toEqual([])
    for (const file of filesIn(folder)) {
      const path = join(folder, file)
      const whole = readFileSync(path)
      const changed = Buffer.from(whole)
      const at = createHash('sha256').update(file).digest().readUInt32LE(0) % whole.length
      changed[at] = whole[at]! ^ 1
      writeFileSync(path, changed)
      const found = await checkAuditCopy(folder, report.manifest).then(
        (problems) => problems.map((p) => p.values['file']),
        (e: ProblemError) => e.problems.map((p) => p.code),
      )
      expect(
        found.some((f) => f === file || f === 'audit.not-a-copy'),
        file,
      ).toBe(true)
      if (file.startsWith('proofs/')) expect(verifyProof(changed.toString('latin1'), trust).holds).toBe(false)
      writeFileSync(path, whole)
    }
    writeFileSync(join(folder, 'acts', 'more.html'), 'x')
    expect((await checkAuditCopy(folder)).map((p) => p.code)).toEqual(['audit.file-extra'])
    rmSync(join(folder, 'acts', 'more.html'))
    rmSync(join(folder, 'verify.html'))
    expect((await checkAuditCopy(folder)).map((p) => p.code)).toEqual(['audit.file-missing'])
  })

  test('personal values are in a copy only for a grade that may see them', async () => {
    const everything = (at: string): string =>
      filesIn(at)
        .filter((f) => !f.endsWith('.xlsx'))
        .map((f) => readFileSync(join(at, f), 'utf8'))
        .join('\n')
    expect(everything(folder)).not.toContain(VILLAGER)
    expect(cells(join(folder, 'acts.xlsx')).join('\n')).not.toContain(VILLAGER)
    const full = join(root, `${engine}-personal`)
    await writeAuditCopy(from, { ...ASK, grade: 'personal' }, full)
    expect(everything(full)).toContain(VILLAGER)
    expect(cells(join(full, 'acts.xlsx'))).toContain(`姓名：${VILLAGER}；行政区：430100`)
    const proofs = filesIn(join(full, 'proofs')).map((f) => readFileSync(join(full, 'proofs', f), 'utf8'))
    expect(proofs.filter((p) => p.includes(VILLAGER)).map((p) => verifyProof(p, trust).holds)).toEqual([true])
  })

  test('an act whose text holds more than the grade may read gives no proof file, and is masked everywhere', async () => {
    const low = join(root, `${engine}-internal`)
    const written = await writeAuditCopy(from, { ...ASK, grade: 'internal' }, low)
    expect(written.withheld).toBe(1)
    for (const f of filesIn(low)) expect(readFileSync(join(low, f)).toString('utf8'), f).not.toContain(SECRET_FINDING)
    expect(cells(join(low, 'acts.xlsx')).filter((c) => c.includes('核查意见：＊＊＊')).length).toBe(1)
    const [act] = await house.store.query<{ leaf: bigint; content: string; salt: Uint8Array }>(
      sql`select l.leaf_index as leaf, a.content, a.salt from act a join log_leaf l on l.act = a.id where a.kind = 'finding-noted'`,
    )
    const page = readFileSync(join(low, 'acts', `${act!.leaf}.html`), 'utf8')
    // The digest stays checkable for whoever gets the text later.
    expect(page).toContain(Buffer.from(leafEntry(act!.salt, act!.content)).toString('hex'))
    expect(filesIn(join(low, 'proofs')).length).toBe(18)
    const open = join(root, `${engine}-public`)
    expect(await writeAuditCopy(from, { ...ASK, grade: 'public' }, open)).toMatchObject({ withheld: 19, grants: 0 })
    expect(existsSync(join(open, 'proofs'))).toBe(false)
  })

  test('workbooks hold text as text, with Chinese first', async () => {
    const texts = cells(join(folder, 'postings.xlsx'))
    expect(texts).toContain(`按合同 ${FORMULA} 转让`)
    expect(texts).toContain('借（付出）账户\ndebit account')
    expect(texts.filter((t) => t.includes('＊＊＊'))).toEqual([])
    const grants = cells(join(folder, 'grants.xlsx'))
    expect(grants).toContain('sthj-001')
    expect(grants).not.toContain('jys-007')
    expect(read(hrefs(read('index.html')).find((h) => h.startsWith('acts/1.'))!)).not.toContain('<b>&')
  })

  test('a copy is written whole or not at all', async () => {
    const at = join(root, `${engine}-refused`)
    expect(await codes(writeAuditCopy(from, ASK, folder))).toEqual(['audit.target-not-empty'])
    expect(await codes(writeAuditCopy(from, { ...ASK, to: civilDate('2025-12-31') }, at))).toEqual(['audit.period'])
    const broken: AuditHouse = { ...from, log: { ...from.log, read: () => undefined } }
    expect(await codes(writeAuditCopy(broken, ASK, at))).toEqual(['log.tile-missing'])
    expect(readdirSync(root).filter((f) => f.startsWith(`${engine}-refused`))).toEqual([])
    writeFileSync(join(root, 'a-file'), '')
    expect(await codes(writeAuditCopy(from, ASK, join(root, 'a-file')))).toEqual(['audit.target-not-empty'])
    expect(await codes(checkAuditCopy(root))).toEqual(['audit.not-a-copy'])
  })

  test('an act that differs from the published log, or is not in it yet, stops the copy', async () => {
    const at = join(root, `${engine}-differs`)
    const [act] = await house.store.query<{ id: string; content: string }>(
      sql`select id::text as id, content from act where kind = 'permit-transferred' limit 1`,
    )
    const set = (content: string) => house.store.query(sql`update act set content = ${content} where id = ${act!.id}`)
    await set(act!.content.replace('"amountKg":"1', '"amountKg":"2'))
    expect(await codes(writeAuditCopy(from, ASK, at))).toEqual(['audit.act-not-in-log'])
    await set(act!.content)
    await issue(house)
    expect(await codes(writeAuditCopy(from, ASK, at))).toEqual(['audit.log-behind'])
  })
})

/** All texts of a workbook. */
function cells(path: string): readonly string[] {
  const { sheets, problems } = readWorkbook(readFileSync(path), path)
  expect(problems).toEqual([])
  return sheets.flatMap((s) => [...s.filledRows()].flatMap((r) => r.cells.map((c) => c.text)))
}

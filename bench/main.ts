// `npm run bench`: one table of what the program costs on this machine. README.md beside it says how to read it.

import { cpus, totalmem } from 'node:os'
import { accountBench } from './account.ts'
import { inChild, type Measured } from './measure.ts'
import { placesBench, placesRows } from './places.ts'
import { RASTER_CHILD } from './raster.ts'
import { makeReaderFiles, readerBench } from './raster-readers.ts'
import { printRasterTable } from './raster-table.ts'
import { rasterRegion } from './raster-region.ts'
import { CELLS, readingBench, readOnce } from './reading.ts'
import { commandsBench, fillYear, logBench, postingsBench, recordRows, startBench } from './record.ts'
import { ruleBench } from './rules.ts'
import { serveBench, serverRows } from './server.ts'
import { writingBench } from './writing.ts'

const SIZES = [12, 48, 192, 768] as const

type Row = readonly [what: string, value: string, beside: string]

const n = (x: number, digits = 3): string => Number(x.toPrecision(digits)).toString()
const mb = (m: Measured): string => `${Math.round(m['peak']!)} MB`

function ruleRows(): readonly Row[] {
  const m = inChild('rules')
  return [
    ['water balance, our evaluator', `${Math.round(m['ours']!)} /s`, ''],
    ['the same, decimals by hand', `${Math.round(m['bare']!)} /s`, `${n(m['bare']! / m['ours']!, 2)} × ours`],
    ['rule book', `${n(m['load']!)} s`, `${m['files']} files, ${m['rules']} rules, ${mb(m)}`],
  ]
}

async function readingRows(): Promise<readonly Row[]> {
  const { ours, exceljs } = await readingBench()
  const speed = (m: Measured): number => CELLS / m['cpu']!
  return [
    [`workbook of ${CELLS} cells, our reader`, `${Math.round(speed(ours))} cells/s`, mb(ours)],
    [
      'the same, exceljs',
      `${Math.round(speed(exceljs))} cells/s`,
      `${mb(exceljs)}, ${n(speed(exceljs) / speed(ours), 2)} × ours`,
    ],
  ]
}

function accountRows(): readonly Row[] {
  let before: Measured | undefined
  return SIZES.map((size): Row => {
    const m = inChild('account', String(size))
    const growth = before
      ? `${n(m['cpu']! / before['cpu']!, 2)} × for ${size / before['townships']!} × townships; `
      : ''
    before = m
    const parts = `engine ${n(m['engine']!, 2)}, checks ${n(m['checks']!, 2)}, fitness ${n(m['fitness']!, 2)}`
    return [
      `account of ${size} townships`,
      `${n(m['cpu']!)} s`,
      `${growth}${m['facts']} facts, ${m['figures']} figures, ${mb(m)}; ${parts}`,
    ]
  })
}

function writingRows(): readonly Row[] {
  const { peak, ...steps } = inChild('writing')
  return Object.entries(steps).map(([what, cpu]): Row => [
    `sample county, ${what}`,
    `${n(cpu)} s`,
    what === 'all files' ? `${Math.round(peak!)} MB` : '',
  ])
}

const PARTS: Readonly<Record<string, () => readonly Row[] | Promise<readonly Row[]>>> = {
  rules: ruleRows,
  reading: readingRows,
  account: accountRows,
  writing: writingRows,
  record: recordRows,
  server: serverRows,
  places: () => placesRows(process.argv.slice(2)),
}

const CHILDREN: Readonly<Record<string, (words: readonly string[]) => Promise<Measured>>> = {
  rules: () => ruleBench(),
  read: ([reader, file]) => readOnce(reader!, file!),
  account: ([size]) => accountBench(Number(size)),
  writing: () => writingBench(),
  'record-commands': commandsBench,
  'record-postings': postingsBench,
  'record-year': fillYear,
  'record-start': startBench,
  'record-log': logBench,
  server: serveBench,
  places: placesBench,
  raster: ([part, folder]) => RASTER_CHILD[part!]!(folder!),
  reader: ([reader, what]) => readerBench(reader!, what!),
  'reader-files': makeReaderFiles,
  'raster-region': ([size]) => {
    rasterRegion(Number(size))
    return Promise.resolve({})
  },
}

const words = process.argv.slice(2)
if (words[0] === 'child') process.stdout.write(JSON.stringify(await CHILDREN[words[1]!]!(words.slice(2))))
else {
  const wanted = words.filter((w) => Object.hasOwn(PARTS, w))
  const machine = `${cpus().length} × ${cpus()[0]!.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
  console.log(`${machine}\n`)
  if (words.length === 0 || wanted.length > 0) console.log(`| what | CPU | beside |\n| --- | ---: | --- |`)
  for (const [name, rows] of Object.entries(PARTS))
    if (words.length === 0 || wanted.includes(name))
      for (const row of await rows()) console.log(`| ${row.join(' | ')} |`)
  if (words.length === 0 || words.includes('raster')) {
    console.log('')
    printRasterTable(words)
  }
}

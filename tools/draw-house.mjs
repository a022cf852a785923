// Draws the rooms of tools/rooms.mjs into ARCHITECTURE.md between its markers: `node tools/draw-house.mjs`.
// A room that has no code yet is drawn as such, so that the picture never promises more than there is.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rooms } from './rooms.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const MARKERS = ['<!-- rooms: begin -->', '<!-- rooms: end -->']

/** What a room is for, in one line. */
const PURPOSE = {
  kernel: 'values: decimal, quantity, unit, money, period, region, text, problem, canonical JSON, figure code',
  'core/store': 'one port, two databases; migrations, the act journal, backups, the lock of a folder',
  'core/evidence': 'the public log: tree, tiles, checkpoints, witnesses, proofs and their verifier',
  'core/rules': 'dated rules, parameters, prices: read, choose, evaluate, explain',
  'core/ledger': 'double entry: assets, accounts, postings, pendings, lots, statements',
  'core/indicators': 'the statistical spine: cards and values with status, recipe and what they are fit for',
  'core/record':
    'acts, the one write path: batch, approval, correction, numbers, queries, what derives from a declaration',
  'core/identity': 'people, organisations, regions, roles and grants, signing in',
  'core/files': 'documents by the hash of their content, attached by acts',
  'core/timer': 'clocks that submit commands when due, jobs that follow an act',
  'core/exchange-formats':
    'workbooks, delimited text, GeoJSON, Shapefile, GeoPackage, ZIP: read strictly, written deterministically',
  raster: 'the grid engine: GeoTIFF, coordinate systems, zones, terrain, rules as kernels over pixels',
  'core/calendar': 'working days by dated holiday tables; statutory clocks that start, rest, run on and end',
  'core/imports': 'one way for rows to come in, as one act with the hash of its file, and one way out',
  'core/parties': 'people, households, collectives, firms, governments: codes, mandates, succession',
  'core/notices': 'public notices with their days, objections and what waits for them',
  'core/geometry': 'areas on the ellipsoid, validity and repair, overlay, splitting and merging of polygons',
  'core/places': 'spatial units of any kind with their shapes at any date',
  'core/certificates': 'certificates with number, code and a page where a stranger checks them',
  'core/letters': 'letters from templates that an office edits itself',
  domains: 'one folder a chapter of the policy; they do not import one another',
  server: 'the house of one operator (data folder, its parts), HTTP over it, long runs, the doctor, report pages',
  workbench: 'the screens in the browser: forms, tables, to-do lists, acts and proofs, drawn from what is declared',
  cli: 'the `qingshan` command',
}

const files = (room) => {
  const dir = join(root, 'src', room)
  if (!existsSync(dir)) return []
  return readdirSync(dir, { recursive: true }).filter((f) => /\.tsx?$/.test(String(f)))
}

const domains = () => {
  const dir = join(root, 'src', 'domains')
  return readdirSync(dir)
    .sort()
    .map((d) => `${d}/`)
}

/** The picture: rooms from left to right are lines from top to bottom; a line may import the lines above it. */
export function picture() {
  const width = Math.max(...rooms.map((r) => r.length))
  const line = (room) => {
    const mark = files(room).length > 0 ? '█' : '░'
    const what = room === 'domains' ? `${PURPOSE[room]}: ${domains().join(' ')}` : PURPOSE[room]
    return `${mark} ${room.padEnd(width)}  ${what}`
  }
  return [
    '```text',
    ...rooms.map(line),
    '```',
    '',
    '█ stands · ░ not built yet · a room may import the rooms above it, through their `index.ts` only',
  ].join('\n')
}

/** The page with a fresh picture in its place. */
export function withPicture(page) {
  const [begin, end] = MARKERS.map((m) => page.indexOf(m))
  if (begin < 0 || end < begin) throw new Error(`ARCHITECTURE.md has no ${MARKERS.join(' … ')}`)
  return `${page.slice(0, begin + MARKERS[0].length)}\n\n${picture()}\n\n${page.slice(end)}`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = join(root, 'ARCHITECTURE.md')
  writeFileSync(path, withPicture(readFileSync(path, 'utf8')))
  console.log(path)
}

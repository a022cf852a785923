// The one table of the raster engine: regions of four sizes, made where they are missing, and over each what a person waits for
// and what it is made of. CPU is that of whole processes for runs of an account and for all that stands beside, and that of the
// work alone for parts (reading, zones, terrain, writing).

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inChild, inProgram, type Measured } from './measure.ts'
import { RASTER_CHILD, RASTER_NAMES } from './raster.ts'
import { rasterPeers, type Peer } from './raster-peers.ts'
import { READER_MEGAPIXELS, readerRows } from './raster-readers.ts'
import { rasterRegion } from './raster-region.ts'
import { RUNS } from './raster-run.ts'

const SIZES = [2000, 5000, 10_000, 15_000] as const

/** Runs of an account, and the run each is told beside. */
const TITLES: Readonly<Record<string, readonly [title: string, beside?: string]>> = {
  'first-light': ['first light: water yield, soil kept with slopes from heights, carbon'],
  'first-light-2': ['the same, two threads', 'first-light'],
  'first-light-cog': ['the same, and water yield written as a cloud-optimised file, not packed', 'first-light'],
  'first-light-packed-cog': ['the same, deflate', 'first-light'],
  'all-services': ['all regulating services, first run'],
  'all-services-2': ['the same, two threads, nothing kept', 'all-services'],
  'all-services-again': ['again, nothing changed', 'all-services'],
  'all-services-price': ['again with another price', 'all-services'],
  'all-services-number': ['again with another number in one model', 'all-services'],
  'all-services-packed': ['all regulating services from deflate, first run', 'all-services'],
  'all-services-packed-again': ['again, nothing changed', 'all-services-packed'],
  'all-services-nearest': ['all regulating services, first run, coarse layers by nearest neighbour', 'all-services'],
  'all-services-nearest-2': ['the same, two threads, nothing kept', 'all-services-nearest'],
  'all-services-packed-nearest': ['all regulating services from deflate, first run, coarse layers by nearest neighbour', 'all-services-packed'], // prettier-ignore
}

const HEADS = ['pixels', 'what', 'CPU s', 'wall s', 'MB', 'Mpx/s', 'beside, CPU s', 'ours / it', 'growth', 'steps']

const n = (x: number, digits = 3): string => Number(x.toPrecision(digits)).toString()

/** Prints row by row, since the largest regions take minutes. */
export function printRasterTable(words: readonly string[]): void {
  const own = words.map(Number).filter((size) => size > 0)
  const { peers, skipped } = rasterPeers()
  const line = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`)
  line(HEADS)
  line(HEADS.map((_, i) => (i < 2 || i > 8 ? '---' : '---:')))
  const before = new Map<string, Measured>()
  for (const size of own.length > 0 ? own : SIZES) {
    if (!existsSync(join('out', 'bench', `province-${size}`))) inChild('raster-region', String(size))
    const folder = rasterRegion(size)
    const measured = new Map<string, Measured>()
    const row = (what: string, title: string, m: Measured, steps: string, beside?: string): void => {
      const others = [...besides(what, folder, peers), ...(beside ? [[`${beside} above`, measured.get(beside)!] as const] : [])] // prettier-ignore
      const earlier = before.get(what)
      const cpus = others.map(([name, o]) => `${name} ${o ? n(o['cpu']!) : 'failed'}`)
      const ratios = others.map(([, o]) => (o ? n(m['cpu']! / o['cpu']!, 2) : ''))
      const growth = earlier ? `${n(m['cpu']! / earlier['cpu']!, 2)} for ${n((size / earlier['size']!) ** 2, 3)}` : ''
      const speed = size ** 2 / 1e6 / m['wall']!
      line([`${size}²`, title, n(m['cpu']!), n(m['wall']!), n(m['peak']!), n(speed), cpus.join('; '), ratios.join('; '), growth, steps]) // prettier-ignore
      before.set(what, { ...m, size })
      measured.set(what, m)
    }
    for (const what of RUNS) {
      const [title, beside] = TITLES[what]!
      const m = attempt(size, title, () => inProgram('bench-run', what, folder))
      if (m) row(what, title, m, stepsOf(m, beside === undefined ? undefined : measured.get(beside)), beside)
    }
    for (const part of Object.keys(RASTER_CHILD)) {
      const m = attempt(size, RASTER_NAMES[part]!, () => inChild('raster', part, folder))
      if (m) row(part, RASTER_NAMES[part]!, m, '')
    }
  }
  for (const { what, stored, ours, theirs } of readerRows())
    for (const [how, own] of [['samples as stored', stored], ['numbers with states', ours]] as const)
      line(['2000²', `one band read: ${what}, ${how}`, n(own['cpu']!), n(own['wall']!), n(own['peak']!), n(READER_MEGAPIXELS / own['wall']!), `geotiff ${n(theirs['cpu']!)}`, n(own['cpu']! / theirs['cpu']!, 2), '', `ours is ${n(theirs['cpu']! / own['cpu']!, 2)} × as fast`]) // prettier-ignore
  for (const what of skipped) line(['', what, '', '', '', '', 'not on this machine', '', '', ''])
}

/** What cannot be done at a size is told in its row, and the table goes on. */
function attempt(size: number, title: string, work: () => Measured): Measured | undefined {
  try {
    return work()
  } catch (e) {
    const reason = (e as Error).message.split('\n').find((t) => /Error|problem/i.test(t)) ?? 'failed'
    console.log(`| ${size}² | ${title} | | | | | | | | ${reason.slice(0, 200)} |`)
    return undefined
  }
}

const besides = (what: string, folder: string, peers: readonly Peer[]): readonly (readonly [string, Measured | undefined])[] =>
  peers.filter((p) => p.part === what).map((p) => [p.name, p.run(folder)] as const) // prettier-ignore

function stepsOf(m: Measured, beside: Measured | undefined): string {
  const steps = ['start', 'rules', 'opening', 'pass', 'rest'].map((s) => `${s} ${n(m[s]!, 2)}`).join(', ')
  const kept = m['made']! + m['found']! === 0 ? '' : `; ${m['found']} results kept, ${m['made']} made`
  const faster = beside ? `; by the clock ${n(beside['wall']! / m['wall']!, 2)} × as fast` : ''
  return `${steps}${kept}${faster}`
}

// The house keeps its own form: the picture is current, the clause map is whole, dependencies are accounted for,
// and names say what a file is.

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((f) => f.replaceAll('\\', '/'))
  .filter((f) => /\.tsx?$/.test(f))

interface House {
  readonly picture: () => string
  readonly withPicture: (page: string) => string
}

test('the picture in ARCHITECTURE.md is drawn from the list of rooms', async () => {
  const house = (await import(pathToFileURL(join(root, 'tools', 'draw-house.mjs')).href)) as House
  expect(house.withPicture(read('ARCHITECTURE.md'))).toBe(read('ARCHITECTURE.md'))
  expect(house.picture()).toContain('█ kernel')
})

test('every dependency has its row in ARCHITECTURE.md, and every row its dependency', () => {
  const json = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>
  const wanted = [...Object.keys(json.dependencies), ...Object.keys(json.devDependencies)].sort()
  const section = read('ARCHITECTURE.md').split('## Dependencies')[1] ?? ''
  const rows = [...section.matchAll(/^\| `([^`]+)`/gm)].map((m) => m[1]!).sort()
  expect(rows).toEqual(wanted)
})

test('the clause map has each row of the policy list once, with a state', () => {
  const ids =
    'R1 R2 R3 R4 R5 R6 R7 R8 R9 A1 A2 A3 A4 A5 A6 A7 A8 D1 D2 D3 M1 M2 M3 M4 M5 M6 M7 M8 M9 M10 V1 V2 V3 V4 V5 Z1 Z2 Z3 K1 K2 K3 K4 K5 E1 E2 P1 F1 F2 F3 B1 B2 S1 S2 S3 S4 S5 S6'
  const rows = [...read('docs/clause-map.md').matchAll(/^\| ([A-Z]\d+) +\| (done|partly|not yet|not software) +\|/gm)]
  expect(rows.map((r) => r[1]).sort()).toEqual(ids.split(' ').sort())
})

test('every file and test that the clause map and the tour name is there', () => {
  const named = ['docs/clause-map.md', 'CONTRIBUTING.md'].flatMap((page) =>
    [...read(page).matchAll(/`((?:src|test|rules|docs|tools)\/[^`<]*)`/g)].map((m) => m[1]!.replace('NN', '03')),
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((p) => !existsSync(join(root, p)))).toEqual([])
})

test('links between the documents lead somewhere', () => {
  const pages = [
    'README.md',
    'README.zh-CN.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'STYLE.md',
    'GLOSSARY.md',
    'docs/clause-map.md',
    'docs/record.md',
  ]
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map((m) => m[1]!)
      .filter((to) => !existsSync(join(root, dirname(page), to)))
      .map((to) => `${page}: ${to}`),
  )
  expect(broken).toEqual([])
})

test('no file is called utils, helper, manager or misc, and all names are kebab-case', () => {
  const names = sources.map((f) => f.split('/').at(-1)!)
  expect(names.filter((n) => /^(utils?|helpers?|managers?|misc|common)\b/.test(n))).toEqual([])
  expect(names.filter((n) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.fixture)?\.tsx?$/.test(n))).toEqual([])
})

test('the boundary check runs over the list of rooms and refuses a domain that imports another', () => {
  const config = execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import c from ${JSON.stringify(pathToFileURL(join(root, 'tools/dependency-cruiser.mjs')).href)}; console.log(JSON.stringify(c.forbidden))`,
    ],
    { encoding: 'utf8' },
  )
  const rules = JSON.parse(config) as {
    readonly name: string
    readonly from: { path?: string }
    readonly to: { path?: string; pathNot?: string }
  }[]
  const rule = rules.find((r) => r.name === 'domains do not import one another')!
  const from = new RegExp(rule.from.path!).exec('src/domains/market/index.ts')!
  const allowed = new RegExp(rule.to.pathNot!.replace('$1', from[1]!))
  expect(new RegExp(rule.to.path!).test('src/domains/finance/index.ts')).toBe(true)
  expect(allowed.test('src/domains/finance/index.ts')).toBe(false)
  expect(allowed.test('src/domains/market/model.ts')).toBe(true)
  expect(
    rules.filter((r) => r.name.endsWith('imports nothing to its right')).map((r) => r.name.split(' ')[0]),
  ).toContain('kernel')
})

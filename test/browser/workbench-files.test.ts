// The bundle of the workbench as it was built: small at first sight, whole, and alone with its own server.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../dist/workbench/', import.meta.url))
const read = (name: string): string => readFileSync(folder + name, 'utf8')
const page = read('index.html')

/** What the browser fetches before anything is clicked: what the page names, and what those import at once. */
function firstView(): readonly string[] {
  const found = new Set<string>()
  const visit = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    if (!name.endsWith('.js')) return
    for (const m of read(`assets/${name}`).matchAll(/(?:\bfrom|\bimport)\s*"\.\/([\w-]+\.js)"/g)) visit(m[1]!)
  }
  for (const m of page.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)) visit(m[1]!)
  return [...found]
}

const packed = (name: string): number => gzipSync(read(`assets/${name}`), { level: 9 }).length

test('the first view weighs at most 450 KB packed, with the page of any role', () => {
  const files = firstView()
  expect(files.filter((f) => f.endsWith('.js')).length).toBeGreaterThan(1)
  expect(files.some((f) => f.endsWith('.css'))).toBe(true)
  const home = readdirSync(`${folder}assets`).find((f) => f.startsWith('home-page-'))!
  const bytes = [...files, home].reduce((sum, f) => sum + packed(f), 0)
  expect(bytes / 1024).toBeLessThan(450)
})

test('charts and maps are no part of the first view', () => {
  for (const name of firstView()) expect(read(`assets/${name}`)).not.toMatch(/echarts|ol\/Map|olMap/)
})

test('the page asks nobody but its own server and runs no script of its own text', () => {
  const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((m) => m[1]!)
  expect(addresses.filter((a) => !/^(\/|data:,$)/.test(a))).toEqual([])
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/)
  expect(page).toContain('lang="zh-CN"')
})

test('every part that a part asks for is there', () => {
  const names = new Set(readdirSync(`${folder}assets`))
  for (const name of names) {
    if (!name.endsWith('.js')) continue
    const wanted = [...read(`assets/${name}`).matchAll(/"\.\/([\w-]+\.(?:js|css))"/g)].map((m) => m[1]!)
    expect(wanted.filter((w) => !names.has(w))).toEqual([])
  }
})

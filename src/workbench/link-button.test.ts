// Every page as it is written: a link that looks like a button is one element.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('no page puts a button inside a link, which would be reached twice with Tab', () => {
  const pages = readdirSync('src/workbench', { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.tsx') && path !== 'link-button.tsx',
  )
  expect(pages.length).toBeGreaterThan(60)
  const nested = pages.filter((path) =>
    /<Link\b(?:(?!<\/Link>)[\s\S])*<Button\b/.test(readFileSync(join('src/workbench', path), 'utf8')),
  )
  expect(nested).toEqual([])
})

// The Chromium that comes with the packages starts by itself, so that a machine without one can make the journeys too.

import { expect, test } from 'vitest'
import { openPackaged } from './browser.ts'

const fits = process.platform === 'linux' && process.arch === 'x64'

test.skipIf(!fits)('the Chromium of the npm package starts with the libraries it brings (Linux x64)', async () => {
  const browser = await openPackaged()
  try {
    const page = await browser.newPage()
    await page.setContent('<h1 id="a">青山</h1>')
    expect(await page.textContent('h1')).toBe('青山')
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
  } finally {
    await browser.close()
  }
})

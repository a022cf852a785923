// The HTML page: nothing from outside becomes markup, and the page holds together without script or network.

import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { accountDocument } from './content.ts'
import { renderHtml } from './html.ts'
import { escapeText, html, type Piece } from './html-template.ts'
import { SAMPLE_CLASSES, sampleAccount } from './sample-account.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const HOSTILE = `<script>alert(1)</script>"><img src=x onerror='alert(2)'>`

describe('the escaping template', () => {
  it('lets no text open a tag or leave an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (s) => {
        const { markup } = html`<p title="${s}">${s}</p>`
        const inside = /^<p title="([^]*?)">([^]*)<\/p>$/.exec(markup)!
        expect(inside[1]).toBe(escapeText(s))
        expect(inside[1]).not.toMatch(/[<>"']/)
        expect(inside[2]).not.toMatch(/[<>"']/)
      }),
    )
  })

  it('passes its own markup and drops what is absent', () => {
    const items: readonly Piece[] = [html`<li>${'a&b'}</li>`, undefined, false, 7]
    expect(html`${items}`.markup).toBe('<li>a&amp;b</li>7')
  })
})

describe('the HTML report', () => {
  it('never lets a region name become markup, in tables, maps, captions or titles', async () => {
    const account = sampleAccount({ townshipName: HOSTILE })
    const page = renderHtml(await accountDocument(account, { lang: 'zh', classes: SAMPLE_CLASSES }))
    expect(page).not.toContain('<script')
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;script&gt;alert(1)')
  })

  it('links each code through the given address and refuses a script address', async () => {
    const doc = await accountDocument(sampleAccount(), { lang: 'zh', classes: SAMPLE_CLASSES })
    const page = renderHtml(doc, { codeHref: (c) => `/why/${c}` })
    const codes = [...page.matchAll(/<a class="code" href="\/why\/([^"]+)"/g)]
    expect(codes.length).toBeGreaterThan(100)
    expect(renderHtml(doc, { codeHref: () => ' javascript:alert(1)' })).not.toContain('javascript:')
  })

  it('fetches nothing, runs nothing, and names its language', async () => {
    const page = renderHtml(await accountDocument(sampleAccount(), { lang: 'en', classes: SAMPLE_CLASSES }))
    expect(page).not.toMatch(/<script|<link|@import|src="http|url\("?http/)
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('class="skip"')
  })

  it('gives every table a caption and every head cell a scope, and repeats no id', async () => {
    const page = renderHtml(await accountDocument(sampleAccount(), { lang: 'zh', classes: SAMPLE_CLASSES }))
    expect(page.match(/<table/g)!.length).toBe(page.match(/<caption/g)!.length)
    for (const [tag] of page.matchAll(/<th[\s>][^>]*/g)) expect(tag).toContain('scope=')
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

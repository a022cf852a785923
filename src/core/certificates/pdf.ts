// The printed certificate: one A4 page as PDF, Chinese with English beside it, the face embedded, QR and short code at its foot; or
// several in one file, each beginning on a page of its own.
// Always holds: the same certificate gives the same bytes on every machine and version of Node (nothing is deflated, the date
// in the file is the day of issue); one that is no longer in force says so across the page.

import type { Content, createPdf } from 'pdfmake'
import { ProblemError, type Problem, type Text } from '../../kernel/index.ts'
import { facePaths, missingGlyphs } from './font.ts'
import { STATES, type CertificateLine, type CertificateState } from './model.ts'
import { certificateProblem } from './problems.ts'
import { qrSvg } from './qr.ts'

type PdfDocument = Parameters<typeof createPdf>[0]

export interface PrintedCertificate {
  readonly number: string
  readonly code: string
  readonly title: { readonly zh: string; readonly en?: string | undefined }
  /** In full: the paper is the holder's. */
  readonly holder: string
  readonly placeName: string
  readonly issuer: string
  readonly basis?: string | undefined
  readonly lines: readonly CertificateLine[]
  readonly personalLines: readonly CertificateLine[]
  readonly issuedOn: string
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly state: CertificateState
  /** What the QR code holds and the page prints: the address of the check page, `https://…/check/K7M2-9T4X-3`.
   *  Left out where the house has no public address: the QR code holds the code alone. */
  readonly checkAt?: string | undefined
}

const INK = '#16202a'
const SOFT = '#4a5661'
const GREEN = '#1f5c3a'
const WARN = '#b3261e'
const PAGE = { width: 595.28, height: 841.89 } as const

/** A day in Chinese and in English: `2026年3月2日`. */
const dayZh = (d: string): string => {
  const [y, m, n] = d.split('-').map(Number)
  return `${y}年${m}月${n}日`
}

/** What keeps a certificate from being printed. */
export function unprintable(c: PrintedCertificate): readonly Problem[] {
  const words = [c.title.zh, c.title.en ?? '', c.holder, c.placeName, c.issuer, c.basis ?? '']
  const signs = missingGlyphs(
    [...words, ...[...c.lines, ...c.personalLines].flatMap((l) => [l.label, l.value])].join(''),
  )
  return signs.length === 0 ? [] : [certificateProblem('certificate.no-glyph', { signs: signs.join(' ') })]
}

interface Maker {
  setFonts(fonts: Readonly<Record<string, { readonly normal: string; readonly bold: string }>>): void
  setUrlAccessPolicy(may: (url: string) => boolean): void
  setLocalAccessPolicy(may: (path: string) => boolean): void
  createPdf(of: PdfDocument): { getBuffer(): Promise<Uint8Array> }
}
let maker: Promise<Maker> | undefined

/** Loaded at the first certificate; may read the two faces and nothing else, neither from disk nor from the network. */
async function load(): Promise<Maker> {
  const { default: made } = (await import('pdfmake')) as unknown as { readonly default: Maker }
  const faces = facePaths()
  made.setFonts({ Noto: faces })
  made.setUrlAccessPolicy(() => false)
  made.setLocalAccessPolicy((path) => path === faces.normal || path === faces.bold)
  return made
}

/** @throws ProblemError `certificate.no-glyph` */
export async function certificatePdf(c: PrintedCertificate): Promise<Uint8Array> {
  const wrong = unprintable(c)
  if (wrong.length > 0) throw new ProblemError(wrong)
  const made = await (maker ??= load())
  return Uint8Array.from(await made.createPdf(documentOf(c)).getBuffer())
}

/** More are printed in several goes: the office signs and seals them one by one anyway. */
export const PRINTED_MOST = 100

/** Several in one file, in the order given. @throws ProblemError `certificate.no-glyph`, `certificate.print-count` */
export async function certificatesPdf(all: readonly PrintedCertificate[]): Promise<Uint8Array> {
  if (all.length === 0 || all.length > PRINTED_MOST)
    throw new ProblemError(certificateProblem('certificate.print-count', { most: PRINTED_MOST }))
  const wrong = all.flatMap(unprintable)
  if (wrong.length > 0) throw new ProblemError(wrong)
  const made = await (maker ??= load())
  const [first] = all
  const last = all.map((c) => c.issuedOn).reduce((a, b) => (a > b ? a : b))
  return Uint8Array.from(
    await made
      .createPdf({
        ...SHEET,
        info: infoOf({ title: `证书 ${all.length} 份`, author: first!.issuer, issuedOn: last }),
        content: all.map((c) => ({
          section: contentOf(c),
          pageMargins: MARGINS,
          footer: footAmong(c),
          ...watermarkOf(c),
        })) as unknown as Content,
      })
      .getBuffer(),
  )
}

const MARGINS = [64, 72, 64, 176] as [number, number, number, number]

/** What every page of certificates shares. */
const SHEET = {
  compress: false,
  version: '1.7',
  pageSize: 'A4',
  pageMargins: MARGINS,
  defaultStyle: { font: 'Noto', fontSize: 11, color: INK, lineHeight: 1.25 },
  background: () => ({ canvas: [frame(22, 2.2), frame(28, 0.6)] }),
} satisfies Partial<PdfDocument>

const infoOf = (of: { readonly title: string; readonly author: string; readonly issuedOn: string }) => ({
  title: of.title,
  author: of.author,
  creator: 'Qingshan',
  producer: 'Qingshan',
  creationDate: new Date(`${of.issuedOn}T00:00:00Z`),
})

/** Across the page of one that is no longer in force. */
const watermarkOf = (c: PrintedCertificate) =>
  c.state === 'valid' || c.state === 'not-yet'
    ? {}
    : { watermark: { text: STATES[c.state].zh, color: WARN, opacity: 0.25, bold: true, fontSize: 80 } }

const documentOf = (c: PrintedCertificate): PdfDocument => ({
  ...SHEET,
  info: infoOf({ title: `${c.title.zh} ${c.number}`, author: c.issuer, issuedOn: c.issuedOn }),
  ...watermarkOf(c),
  content: contentOf(c),
  footer: foot(c),
})

function contentOf(c: PrintedCertificate): Content[] {
  return [
    { text: c.title.zh, bold: true, fontSize: 28, alignment: 'center', color: GREEN, margin: [0, 20, 0, 0] },
    ...(c.title.en === undefined
      ? []
      : [
          {
            text: c.title.en,
            fontSize: 12,
            alignment: 'center' as const,
            color: SOFT,
            margin: [0, 2, 0, 0] as [number, number, number, number],
          },
        ]),
    {
      text: [{ text: '编号 No.  ', color: SOFT }, c.number],
      alignment: 'center',
      margin: [0, 12, 0, 18],
    },
    {
      text: [
        { text: '持有人 Holder  ', color: SOFT, fontSize: 11 },
        { text: c.holder, bold: true },
      ],
      fontSize: 16,
      margin: [0, 0, 0, 12],
    },
    lineTable(c),
  ]
}

const frame = (inset: number, lineWidth: number) => ({
  type: 'rect' as const,
  x: inset,
  y: inset,
  w: PAGE.width - 2 * inset,
  h: PAGE.height - 2 * inset,
  lineWidth,
  lineColor: GREEN,
})

function lineTable(c: PrintedCertificate): Content {
  const validity =
    c.validTo === undefined
      ? `${dayZh(c.validFrom)}起，长期  from ${c.validFrom}, without end`
      : `${dayZh(c.validFrom)}至${dayZh(c.validTo)}  ${c.validFrom} – ${c.validTo}`
  const rows: readonly (readonly [string, string])[] = [
    ['行政区 Place', c.placeName],
    ...[...c.lines, ...c.personalLines].map((l): readonly [string, string] => [l.label, l.value]),
    ...(c.basis === undefined ? [] : [['依据 Basis', c.basis] as const]),
    ['有效期 Valid', validity],
  ]
  return {
    table: {
      widths: [110, '*'],
      dontBreakRows: true,
      body: rows.map(([label, value]) => [{ text: label, color: SOFT }, { text: value }]),
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0,
      hLineColor: () => '#b9c3cc',
      paddingTop: () => 5,
      paddingBottom: () => 4,
    },
  }
}

const HOW: Text = {
  zh: '手机扫码，或在查验页输入核验码，可查本证现在是否有效。',
  en: 'Scan, or type the code on the check page, to see whether this certificate is in force.',
}

/** Issuer with room for the seal, day, and what a stranger checks it by; on every page where there are more than one. */
const foot =
  (c: PrintedCertificate) =>
  (page: number, pages: number): Content =>
    footOf(c, pages > 1 ? `${c.number}  ${page} / ${pages}` : undefined)

/** The same where others stand before it: its own pages are counted, from the second on. */
function footAmong(c: PrintedCertificate) {
  let first: number | undefined
  return (page: number): Content => {
    first ??= page
    return footOf(c, page > first ? `${c.number}  ${page - first + 1}` : undefined)
  }
}

function footOf(c: PrintedCertificate, which: string | undefined): Content {
  return {
    margin: [64, 0, 64, 0],
    columns: [
      {
        width: '*',
        stack: [
          { text: c.issuer, bold: true, fontSize: 13 },
          { text: '（盖章 seal）', color: SOFT, fontSize: 9 },
          { text: dayZh(c.issuedOn), margin: [0, 4, 0, 14] },
          { text: `${HOW.zh}\n${HOW.en}`, fontSize: 7.5, color: SOFT },
          { text: c.checkAt ?? '', fontSize: 7.5, color: SOFT },
          ...(which === undefined ? [] : [{ text: which, fontSize: 7.5, color: SOFT }]),
        ],
      },
      {
        width: 96,
        stack: [
          { svg: qrSvg(c.checkAt ?? c.code), width: 92 },
          { text: c.code, bold: true, fontSize: 11, alignment: 'center', characterSpacing: 0.5 },
        ],
      },
    ],
  }
}

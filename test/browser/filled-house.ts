// The house of the journeys with something on every page: an account that is official and public, one over maps that is a trial,
// an emission permit with its posting, a request that waits, a comment, and one person in every role that has a desk.

import { civilDateIn, instantOfMs, type Json, type Uuid } from '../../src/kernel/index.ts'
import { storyFolder } from '../stories/folders.ts'
import { COUNTY, openAccountHouse, PASSWORD, type AccountHouse, type Seat } from './account-house.ts'
import { packageOf, packageOverMaps, workbookFolder } from './small-accounts.ts'

const MORE: readonly Seat[] = [
  { login: 'tby-001', name: '填报丁', role: 'county-clerk', place: COUNTY },
  { login: 'db-001', name: '代表己', role: 'deputy', place: COUNTY },
  { login: 'sjy-001', name: '审计庚', role: 'auditor', place: '430000' },
  { login: 'jbr-001', name: '经办辛', role: 'department-contact', place: '430100' },
  { login: 'shy-002', name: '审核壬', role: 'reviewer', place: '430100' },
  { login: 'qy-001', name: '企业癸', role: 'firm-manager', place: '430100', firm: 'paper' },
]

export { PASSWORD }

export interface FilledHouse extends AccountHouse {
  readonly account: string
  readonly mapAccount: string
  readonly publication: string
  /** A change of a parameter that waits for the reviewer of the county. */
  readonly request: string
  /** The act that issued the permit, and its posting. */
  readonly permitAct: Uuid
  readonly posting: Uuid
  readonly firm: Uuid
  /** A parcel, and one whose border crosses itself. */
  readonly unit: string
  readonly crossed: string
  /** A village collective. */
  readonly party: string
  /** A notice about the parcel, an objection to it, and a certificate. */
  readonly notice: string
  readonly objection: string
  readonly certificate: string
}

/** @param more seats beside those of every journey
 *  @param withMaps brings in the account over maps, which has quantities without values and stands first, since its year is later */
export async function openFilledHouse(withMaps = true, more: readonly Seat[] = []): Promise<FilledHouse> {
  const home = storyFolder('browser-filled')
  const served = await openAccountHouse([...MORE, ...more])
  const answer = <T>(json: Json): T => json as unknown as T
  const mapAccount = withMaps ? await served.register(packageOverMaps(home)) : ''
  const account = await served.register(packageOf(workbookFolder(home)))
  await served.signOff(account)
  const { publication } = answer<{ publication: string }>(
    await served.act('sbg-001', 'publishAccount', {
      account,
      titleZh: '青山县生态产品总值',
      titleEn: 'GEP of Qingshan County',
      withMap: false,
    }),
  )
  const { request } = answer<{ request: string }>(
    await served.act('hsy-001', 'proposeOverride', {
      place: COUNTY,
      parameter: 'gep.r2.bulk-density',
      key: 'ganzi-2010',
      yearFrom: 2010,
      value: { value: '1.27', unit: 't/m3' },
      mark: 'confirmed',
      reason: '本县 48 个剖面实测平均容重高于通用值',
      source: '第三次土壤普查成果报告，第 41 页',
    }),
  )
  const firm = served.firms.get('paper')!
  const permit = await served.act('jbr-001', 'issuePermit', {
    firm,
    pollutant: 'COD',
    amountKg: '1200',
    place: '430100',
    decidedOn: '2026-03-02',
    validFrom: '2026-01-01',
    validTo: '2030-12-31',
    basis: '湘排核〔2026〕7号',
  })
  await served.act('shy-002', 'approve', { request: answer<{ request: string }>(permit).request })
  const [issued] = await served.house.store.query<{ act: Uuid; posting: Uuid }>({
    pieces: [
      `select a.id as act, p.id as posting from act a join posting p on p.act = a.id where a.kind = 'permit-issued'`,
    ],
  })
  const drawn = (name: string, ring: readonly (readonly [number, number])[]) =>
    served.act('tby-001', 'draftUnit', {
      kind: 'parcel',
      name,
      region: COUNTY,
      from: '2026-01-01',
      shape: JSON.stringify({ type: 'Polygon', coordinates: [[...ring, ring[0]!]] }),
    })
  const [a, b, c, d] = [
    [111.2, 27.5],
    [111.201, 27.5],
    [111.201, 27.501],
    [111.2, 27.501],
  ] as const
  const { unit } = answer<{ unit: string }>(await drawn('一号林', [a, b, c, d]))
  const { unit: crossed } = answer<{ unit: string }>(await drawn('二号林', [a, c, b, d]))
  const { party } = answer<{ party: string }>(
    await served.act('tby-001', 'registerBody', {
      kind: 'village',
      name: '示范村股份经济合作社',
      place: COUNTY,
      since: '2026-01-01',
    }),
  )
  const today = civilDateIn(instantOfMs(Date.now()), '+08:00')
  const { publicNotice: notice } = answer<{ publicNotice: string }>(
    await served.act('tby-001', 'publishNotice', {
      about: `unit:${unit}`,
      title: '一号林面积公示',
      body: '现将一号林面积公示如下。',
      clause: '生态保护补偿条例第三十条',
      contact: '示范县林业局 0736-1234567',
      place: COUNTY,
      from: today,
      days: 7,
      kind: 'natural',
      listText: '户主\t面积（亩）\n王＊明\t12.5',
    }),
  )
  const { hash: scan } = await served.house.files.put(new TextEncoder().encode('%PDF-1.4\n%EOF\n'))
  const { objection } = answer<{ objection: string }>(
    await served.act('tby-001', 'objectOnPaper', {
      publicNotice: notice,
      place: COUNTY,
      receivedOn: today,
      objector: '王小明',
      text: '面积少算了两亩。',
      scan,
    }),
  )
  const asked = await served.act('tby-001', 'issueCertificate', {
    kind: 'certificate',
    place: COUNTY,
    titleZh: '林权流转证书',
    holderName: '张青山',
    issuer: '示范县林业局',
    lines: [{ label: '面积', value: '12.5 亩' }],
    issuedOn: today,
    about: `unit:${unit}`,
  })
  const issuing = await served.act('shy-001', 'approve', { request: answer<{ request: string }>(asked).request })
  const { certificate } = answer<{ certificate: string }>(issuing)
  return {
    ...served,
    notice,
    objection,
    certificate,
    unit,
    crossed,
    party,
    account,
    mapAccount,
    publication,
    request,
    permitAct: issued!.act,
    posting: issued!.posting,
    firm,
  }
}

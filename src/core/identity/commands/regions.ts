// Putting an edition of regions in force: one act for fifty thousand rows, which cites the file's hash and counts.
// The rows are filled in before (`stageRegions`); the act is refused where they are not what it says.

import { field, form, text, type Decoded, type Problem } from '../../../kernel/index.ts'
import { put, type Command } from '../../record/index.ts'
import { problem } from '../problems.ts'
import { editionOf, stagedCounts, type RegionCounts } from '../regions/stage-regions.ts'
import { regionEdition } from '../schema.ts'

const count = (zh: string, en: string, example: number) => field.integer({ title: text(zh, en), min: 0, example })

const input = form({
  fileHash: field.fileHash({ title: text('区划文件', 'File of regions'), example: 'a'.repeat(64) }),
  source: field.text({ title: text('来源', 'Source'), example: '国家统计局 2023 年统计用区划代码' }),
  licence: field.text({ title: text('许可', 'Licence'), example: 'MIT' }),
  state: field.civilDate({ title: text('数据日期', 'State'), example: '2023-06-30' }),
  counts: field.group(
    {
      regions: count('全部', 'All', 51295),
      provinces: count('省', 'Provinces', 2),
      prefectures: count('市州', 'Prefectures', 23),
      counties: count('县', 'Counties', 210),
      townships: count('乡镇', 'Townships', 3458),
      villages: count('村', 'Villages', 47361),
    },
    { title: text('条数', 'Counts') },
  ),
})

const COUNTS = ['regions', 'provinces', 'prefectures', 'counties', 'townships', 'villages'] as const

export const loadRegions: Command<typeof input, RegionCounts> = {
  name: 'loadRegions',
  version: 1,
  title: text('装载行政区划', 'Load regions'),
  groups: ['set-up'],
  input,
  place: () => undefined,
  legalDate: ({ state }) => state,
  prepare: (reader, { fileHash }) => stagedCounts(reader, editionOf(fileHash)),
  subjects: () => ['regions'],
  reads: [
    ({ fileHash }) => ({
      sets: [{ table: regionEdition, where: { in_force: true } }],
      rows: [{ table: regionEdition, key: { edition: editionOf(fileHash) } }],
    }),
  ],
  decide: (state, given, _, staged) => {
    const wrong = differences(given, staged)
    if (wrong.length > 0) return wrong
    const edition = editionOf(given.fileHash)
    const old = state.rows(regionEdition, { in_force: true }).filter((e) => e.edition !== edition)
    return {
      act: 'regions-loaded',
      subjects: ['regions'],
      rows: [
        ...old.map((e) => put(regionEdition, { ...e, in_force: false })),
        put(regionEdition, {
          edition,
          file_hash: given.fileHash,
          source: given.source,
          licence: given.licence,
          state: given.state,
          regions: given.counts.regions,
          in_force: true,
        }),
      ],
      answer: { edition },
    }
  },
}

const differences = ({ counts }: Decoded<typeof input>, staged: RegionCounts): readonly Problem[] =>
  COUNTS.filter((c) => counts[c] !== staged[c]).map((what) =>
    problem('identity.regions-count', { what, want: counts[what], have: staged[what] }),
  )

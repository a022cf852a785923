// The file of regions as shipped, and what the reader says about a wrong one.

import { readFileSync, statSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate, regionTree, yearEnd } from '../../../kernel/index.ts'
import { circlesIn, coversOf, regionClosure } from './closure.ts'
import { readRegions } from './read-regions.ts'
import { countedOn, levelOfCode } from './region-row.ts'

const FILE = 'regions/regions.csv'
const shipped = readRegions(readFileSync(FILE, 'utf8'), FILE)
const counts = (level: 'prefecture' | 'county', province: string, year: number): number =>
  countedOn(shipped.rows, { level, province, date: yearEnd(year) }).length

const HEAD = `# source: a
# licence: b
# state: 2023-06-30
# history: 2011-01-01
code,name,en,kind,parent,from,to,successor,counted,note
`
const codes = (text: string): readonly string[] =>
  readRegions(text).problems.map((p) => `${p.code}:${p.at?.line ?? '-'}`)

describe('the shipped regions', () => {
  test('the file is read without a problem, says its source and licence, and stays below two megabytes', () => {
    expect(shipped.problems).toEqual([])
    expect(shipped.heading?.source).toContain('国家统计局')
    expect(shipped.heading?.licence).toContain('MIT')
    expect(statSync(FILE).size).toBeLessThan(2_000_000)
  })

  test('at each year end since 2012 Hunan counts 14 prefectures and 122 counties, Guizhou 9 and 88', () => {
    for (const year of [2012, 2014, 2016, 2017, 2018, 2019, 2020, 2021, 2023])
      expect([
        counts('prefecture', '430000', year),
        counts('county', '430000', year),
        counts('prefecture', '520000', year),
        counts('county', '520000', year),
      ]).toEqual([14, 122, 9, 88])
  })

  test('twelve statistical zones stand among the county rows of Hunan, belong to their prefecture and are not counted', () => {
    const zones = shipped.rows.filter((r) => r.level === 'county' && r.kind === 'statistical')
    expect(zones).toHaveLength(12)
    expect(zones.every((z) => !z.counted && z.code.startsWith('43'))).toBe(true)
    expect(zones.find((z) => z.name.zh === '岳阳市屈原管理区')?.parent).toBe('430600')
  })

  test('an old code leads to the code in force on the day', () => {
    const tree = regionTree(shipped.rows)
    const on = (code: string, date: string): string | undefined => tree.inForce(code, civilDate(date))?.name.zh
    expect(on('431121', '2021-01-19')).toBe('祁阳县')
    expect(on('431121', '2021-01-20')).toBe('祁阳市')
    expect(on('520522', '2020-12-31')).toBe('黔西县')
    expect(on('522423', '2023-06-30')).toBe('黔西市')
    expect(on('520221', '2023-06-30')).toBe('水城区')
    expect(on('430124', '2023-06-30')).toBe('宁乡市')
    expect(on('520321', '2023-06-30')).toBe('播州区')
  })

  test('who answers for a region covers its villages and the codes it took over, and nothing beside it', () => {
    const covers = coversOf(shipped.rows)
    expect(covers('431181', '431121')).toBe(true)
    expect(covers('520500', '522423')).toBe(true)
    expect(covers('430000', '430202001010')).toBe(true)
    expect(covers('430102', '430103')).toBe(false)
    expect(covers('430102', '430100')).toBe(false)
    expect(covers('430102', '999999')).toBe(false)
  })

  test('every village lies within a township, county, prefecture and province', () => {
    const tree = regionTree(shipped.rows)
    for (const r of shipped.rows.filter((x) => x.level === 'village').slice(0, 3000))
      expect(tree.lineage(r.code).map((x) => levelOfCode(x.code))).toEqual([
        'village',
        'township',
        'county',
        'prefecture',
        'province',
      ])
  })
})

describe('closure', () => {
  const links = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.boolean()), { maxLength: 20 }).map((all) =>
    all.map(([p, s, hasParent, hasSuccessor], i) => ({
      code: `c${i}`,
      ...(i > 0 && hasParent ? { parent: `c${p % i}` } : {}),
      ...(i > 0 && hasSuccessor ? { successor: `c${s % i}` } : {}),
    })),
  )

  test('the pairs, and what covers says, are those one reaches by climbing step by step', () => {
    fc.assert(
      fc.property(links, (rows) => {
        const climbed = new Set<string>()
        for (const r of rows) {
          let reach = [r.code]
          while (reach.length > 0) {
            for (const code of reach) climbed.add(`${code} ${r.code}`)
            reach = rows.flatMap((x) =>
              reach.includes(x.code) ? [x.parent, x.successor].filter((c) => c !== undefined) : [],
            )
          }
        }
        const pairs = regionClosure(rows).map((p) => `${p.ancestor} ${p.descendant}`)
        expect(new Set(pairs)).toEqual(climbed)
        expect(pairs.length).toBe(climbed.size)
        const covers = coversOf(rows)
        for (const a of rows)
          for (const d of rows) expect(covers(a.code, d.code)).toBe(climbed.has(`${a.code} ${d.code}`))
      }),
    )
  })

  test('a circle is found whichever way it closes', () => {
    expect(circlesIn([{ code: 'a', parent: 'b' }, { code: 'b', successor: 'a' }, { code: 'c' }])).toHaveLength(1)
    expect(() => regionClosure([{ code: 'a', parent: 'a' }])).toThrow(/circle/)
  })
})

describe('a wrong file of regions', () => {
  test('a missing source, licence, state or column line is named', () => {
    expect(codes('code,name\n430000,湖南省\n')).toEqual([
      'identity.regions-heading:-',
      'identity.regions-heading:-',
      'identity.regions-heading:-',
      'identity.regions-heading:-',
      'identity.regions-heading:1',
    ])
    expect(codes(HEAD.replace('2011-01-01', 'soon'))).toEqual(['identity.regions-heading:-'])
    expect(codes('')).toContain('identity.regions-heading:1')
  })

  test('each faulty row is named with its line, and all at once', () => {
    const rows = [
      '430000,湖南省',
      '4300,长沙',
      '430100',
      '430100,"长沙市"',
      '430100, 长沙市',
      '430100,长沙市,,,,,,,,,,',
      '430100,长沙市,,city',
      '430100,长沙市,,,,2020-02-30',
      '430100,长沙市,,,,2020-02-02,2020-01-01',
      '430100,长沙市,,,,,,430000',
      '430100,长沙市,,,,,,,maybe',
      '430171,开发区,,statistical',
      '',
      '430000,湖南',
      '520100,贵阳市',
      '',
    ]
    const said = codes(HEAD + rows.join('\n'))
    expect(said).toEqual([
      'identity.region-cell:7',
      'identity.region-row:8',
      'identity.region-row:9',
      'identity.region-row:10',
      'identity.region-row:11',
      'identity.region-cell:12',
      'identity.region-cell:13',
      'identity.region-cell:14',
      'identity.region-cell:15',
      'identity.region-cell:16',
      'identity.region-cell:17',
      'identity.region-row:18',
      'identity.region-twice:19',
      'identity.region-unknown:20',
    ])
  })

  test('parents that lead back to themselves are a problem and no endless climb', () => {
    expect(codes(`${HEAD}b1,甲,,basin,b2\nb2,乙,,basin,b1\n`)).toEqual(['identity.region-circle:6'])
  })

  test('basins and parks keep the codes of the operator and stand beside the levels', () => {
    const { rows, problems } = readRegions(`${HEAD}xiangjiang,湘江流域,Xiang basin,basin\n`)
    expect(problems).toEqual([])
    expect(rows[0]).toEqual({
      code: 'xiangjiang',
      kind: 'basin',
      name: { zh: '湘江流域', en: 'Xiang basin' },
      counted: true,
    })
  })

  test('a file beyond the limit is refused unread', () => {
    expect(codes('#'.repeat(33 * 1024 * 1024))).toEqual(['identity.regions-too-large:-'])
  })
})

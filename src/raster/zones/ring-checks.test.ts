import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayCross } from './crossing-search.ts'
import { checkPolygon, crosses, edgesOf, findCrossing } from './ring-checks.ts'
import { polygonProblems } from './ring-problems.ts'
import { turn } from './turn.ts'

type Points = readonly (readonly [number, number])[]
const square = (x: number, y: number, side: number): Points => [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]] // prettier-ignore
const kinds = (...polygons: readonly (readonly Points[])[]): readonly string[] =>
  checkPolygon(polygons).map((f) => f.kind)

describe('a polygon', () => {
  it.each<[string, readonly (readonly Points[])[], readonly string[]]>([
    ['with a hole', [[square(0, 0, 9), square(1, 1, 3)]], []],
    ['whose hole touches its border at a corner and along an edge', [[square(0, 0, 9), [[0, 0], [3, 4], [4, 3], [0, 0]], square(5, 0, 2)]], []], // prettier-ignore
    ['beside one with the same edge', [[square(0, 0, 1)], [square(1, 0, 1)]], []],
    [
      'with a corner twice',
      [
        [
          [
            [0, 0],
            [1, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
      [],
    ],
    ['that is open', [[square(0, 0, 1).slice(0, 4)]], ['open']],
    [
      'of two points',
      [
        [
          [
            [0, 0],
            [1, 1],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
      ['few-points'],
    ],
    ['without points', [[[]]], ['few-points']],
    [
      'on a line',
      [
        [
          [
            [0, 0],
            [1, 1],
            [2, 2],
            [0, 0],
          ],
        ],
      ],
      ['zero-area'],
    ],
    [
      'with an infinite corner',
      [
        [
          [
            [0, 0],
            [Infinity, 1],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
      ['not-finite'],
    ],
    [
      'like a bow',
      [
        [
          [
            [0, 0],
            [2, 2],
            [2, 0],
            [0, 3],
            [0, 0],
          ],
        ],
      ],
      ['crosses'],
    ],
    ['whose hole leaves it', [[square(0, 0, 4), square(3, 1, 2)]], ['crosses']],
    ['over another of its feature', [[square(0, 0, 4)], [square(2, 2, 4)]], ['crosses']],
  ])('%s has its faults', (_, polygons, faults) => {
    expect(kinds(...polygons)).toEqual(faults)
  })

  it('is told by feature and place', () => {
    const bow: Points = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 1], [0, 0]] // prettier-ignore
    expect(polygonProblems('康定', [[square(9, 9, 1)], [bow]], { file: 'a.shp' })).toMatchObject([
      {
        code: 'raster.polygon-crosses',
        severity: 'red',
        at: { file: 'a.shp' },
        values: { feature: '康定', ring: 2, x: '1', y: '1' },
      },
    ])
  })

  const ring = (max: number): fc.Arbitrary<Points> =>
    fc
      .array(fc.tuple(fc.nat(max), fc.nat(max)), { minLength: 3, maxLength: 12 })
      .map((points) => [...points, points[0]!] as Points)

  it('crosses itself exactly where a look at every pair says so', () => {
    for (const max of [4, 12, 1000])
      fc.assert(
        fc.property(fc.array(ring(max), { minLength: 1, maxLength: 3 }), (rings) => {
          const edges = edgesOf([rings])
          const plain = edges.some((p, i) => edges.slice(i + 1).some((q) => crosses(p, q)))
          const found = findCrossing(edges)
          expect(found !== undefined).toBe(plain)
          if (plain) expect(mayCross([rings])).toBe(true)
          if (found) expect(crosses(...found)).toBe(true)
        }),
        { numRuns: 400 },
      )
  })
})

it('a border of short edges is known to be sound by its near edges, and one corner moved across it is found', () => {
  const corners = 600
  const border = (moved: number): Points =>
    Array.from({ length: corners + 1 }, (_, k) => {
      const [turned, out] = [((k % corners) / corners) * 2 * Math.PI, k === moved ? 40 : 100 + (k % 2)]
      return [500_000 + out * Math.cos(turned), 3_000_000 + out * Math.sin(turned)] as const
    })
  const inner: Points = [[499_990, 2_999_950], [500_010, 2_999_950], [500_000, 3_000_050], [499_990, 2_999_950]] // prettier-ignore
  expect(mayCross([[border(-1), inner]])).toBe(false)
  expect(kinds([border(-1), inner])).toEqual([])
  expect(mayCross([[border(150), inner]])).toBe(true)
  expect(kinds([border(150), inner])).toEqual(['crosses'])
})

it('the side of a point is exact where floats are not', () => {
  expect(turn([0.1, 0.1], [0.3, 0.3], [0.2, 0.2])).toBe(0)
  const up = 0.5 + 2 ** -53
  expect(turn([12, 12], [24, 24], [0.5, up])).toBe(1)
  expect(turn([12, 12], [24, 24], [up, 0.5])).toBe(-1)
  expect(turn([0, 0], [1e-200, 1e-200], [1e-200, 2e-200])).toBe(1)
})

// What a map says of itself and which argument it may hold: coordinate system, grid, class codes, value range.
// What it proposes enters the list with a question, as every guess does.

import { ProblemError, text, type Problem, type Text } from '../../../kernel/index.ts'
import { withFileSource, type FolderFile } from '../../../core/exchange-formats/index.ts'
import { readGeoTiffHeader, surveyRaster } from '../../../raster/index.ts'
import type { Binding } from '../input-list.ts'
import { matchLabel, saysNothing, splitYear, type Vocabulary } from './labels.ts'

export interface MapReport {
  readonly file: string
  /** `EPSG:4490 经纬度`; says so where the file does not state it. */
  readonly crs: Text
  readonly grid: { readonly width: number; readonly height: number; readonly pixel?: string; readonly bands: number }
  readonly classes?: readonly number[]
  readonly crosswalk?: string
  readonly range?: readonly [string, string]
  readonly binding?: Binding
}

/** Bands are named in `column`. */
export const BAND = (n: number): string => `band ${n}`

export function proposeMap(file: FolderFile, words: Vocabulary): MapReport | readonly Problem[] {
  try {
    return withFileSource(file, (source) => {
      const header = readGeoTiffHeader(source, file.name)
      const survey = surveyRaster(source, header, file.name)
      const crs = header.crs
      const kind = crs?.kind === 'geographic' ? text('经纬度', 'longitude and latitude') : text('投影坐标', 'projected')
      const code = crs?.epsg === undefined ? (crs?.citation ?? '') : `EPSG:${crs.epsg}`
      const codes = survey?.classes?.map((c) => c.code)
      const crosswalk = codes && classList(codes, words)
      const [scale, offset] = [Number(header.scale ?? 1), Number(header.offset ?? 0)]
      const value = (v: number): string => String(Number((v * scale + offset).toPrecision(7)))
      const range =
        survey?.min === undefined || survey.max === undefined
          ? undefined
          : ([value(survey.min), value(survey.max)] as const)
      const guess = guessMap(file.name, crosswalk, range, words)
      const unit = header.pixelSize && `${header.pixelSize.x} × ${Math.abs(header.pixelSize.y)}`
      return {
        file: file.name,
        crs: crs
          ? text(`${code} ${kind.zh}`.trim(), `${code} ${kind.en}`.trim())
          : text('没有写明坐标系', 'no coordinate system stated'),
        grid: { width: header.width, height: header.height, bands: header.bands, ...(unit ? { pixel: unit } : {}) },
        ...(crosswalk === undefined || !codes ? {} : { classes: codes, crosswalk }),
        ...(range ? { range } : {}),
        ...(guess ? { binding: { ...guess, file: file.name, column: BAND(1) } } : {}),
      }
    })
  } catch (e) {
    if (e instanceof ProblemError) return e.problems
    throw e
  }
}

/** The code list that knows every class code of a map. */
function classList(codes: readonly number[], words: Vocabulary): string | undefined {
  const kept = codes.filter((c) => c !== 0)
  if (kept.length < 2) return undefined
  return words.classes.crosswalks.find((name) => kept.every((c) => words.classes.find(String(c), name) !== undefined))
}

/** The map as an entry of the list of a year: of another year only last year's land cover serves, as what the land was. */
export function mapBinding({ file, binding }: MapReport, year: number): Binding | undefined {
  const name = file.replace(/^.*\//, '').replace(/\.[^.]+$/, '')
  const of = splitYear(name).year
  if (!binding || of === undefined || of === year) return binding
  if (binding.argument !== 'land-cover' || of !== year - 1) return undefined
  return {
    ...binding,
    argument: 'area.opening',
    unit: 'm2',
    question: text(
      `这张 ${of} 年的类型图当作期初面积，对吗？`,
      `This map of types of ${of} is taken as opening extent. Right?`,
    ),
  }
}

/** Values of a whole county's map, for telling maps without a name apart. */
function guessMap(
  file: string,
  crosswalk: string | undefined,
  range: readonly [string, string] | undefined,
  words: Vocabulary,
): Omit<Binding, 'file' | 'column'> | undefined {
  const name = file.replace(/^.*\//, '').replace(/\.[^.]+$/, '')
  if (crosswalk !== undefined)
    return {
      argument: 'land-cover',
      class: { column: BAND(1), crosswalk },
      unit: '1',
      ground: text(`像元值都是 ${crosswalk} 的类型代码`, `all values are class codes of ${crosswalk}`),
      question: text(`这是 ${crosswalk} 分类的土地覆被图吗？`, `Is this a land-cover map with codes of ${crosswalk}?`),
    }
  if (saysNothing(name) || !range) return undefined
  const match = matchLabel(name, words).find((m) => m.strength >= 0.9 && m.argument.raster)
  if (!match) return undefined
  const [low, high] = range.map(Number) as [number, number]
  const [from, to] = match.argument.range.map(Number) as [number, number]
  const fits = low >= from && high <= to
  const unit =
    fits && match.argument.unit === '%' && high <= 1
      ? '1'
      : fits
        ? match.argument.unit
        : tenth(match.argument.unit, high, to)
  return {
    argument: match.argument.id,
    unit,
    ground: text(
      `文件名是“${match.argument.title.zh}”，值从 ${range[0]} 到 ${range[1]}`,
      `the name is "${match.argument.title.en}", values from ${range[0]} to ${range[1]}`,
    ),
    question: text(`单位是 ${unit} 吗？`, `Is the unit ${unit}?`),
  }
}

/** Whole numbers are often stored as ten times the value. */
const tenth = (unit: string, high: number, to: number): string => (high / 10 <= to ? `0.1${unit}` : unit)

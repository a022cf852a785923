// A small country for tests: two provinces, one prefecture and two counties each, a village, an old code.

import { createHash } from 'node:crypto'
import { readRegions, type RegionsReading } from './regions/read-regions.ts'

export const SMALL_REGIONS = `# source: 测试区划 / made for tests
# licence: CC0
# state: 2023-06-30
# history: 2011-01-01
code,name,en,kind,parent,from,to,successor,counted,note
430000,湖南省,Hunan
430700,常德市,Changde
430725,桃源县
430726,石门县
430726001,楚江街道
430726001001,渫阳社区
430771,常德市西洞庭管理区,,statistical,,,,,no
430781,津市市,,,,2021-01-20
430721,津市县,,,,,2021-01-19,430781
520000,贵州省,Guizhou
520300,遵义市,Zunyi
520381,赤水市
xiangjiang,湘江流域,Xiang basin,basin
`

export const smallRegions = (): { reading: RegionsReading; fileHash: string } => ({
  reading: readRegions(SMALL_REGIONS),
  fileHash: createHash('sha256').update(SMALL_REGIONS).digest('hex'),
})

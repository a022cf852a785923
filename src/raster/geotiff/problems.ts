// Every problem a GeoTIFF can have, each with what its owner does next.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  'geotiff.not-a-tiff': {
    severity: 'red',
    zh: '文件内容不是 TIFF 栅格。',
    en: 'The content is not a TIFF raster.',
    hint: { zh: '请导出为 GeoTIFF（.tif）。', en: 'Export it as GeoTIFF (.tif).' },
  },
  'geotiff.damaged': {
    severity: 'red',
    zh: '栅格文件已损坏（{reason}）。',
    en: 'The raster file is damaged ({reason}).',
    hint: {
      zh: '请在原软件中打开检查，重新保存或重新拷贝一份。',
      en: 'Open it in the program that made it, check it, and save or copy it again.',
    },
  },
} as const)

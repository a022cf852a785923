// Every problem of laying one raster on the grid of another, each with what its owner does next.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  'raster.grid-shifted': {
    severity: 'yellow',
    zh: '像元大小与核算网格相同，但错开了 {x} × {y} 个像元；已按{how}对齐。',
    en: 'Pixels are as large as those of the grid but shifted by {x} × {y} of a pixel; aligned by {howEn}.',
    hint: {
      zh: '请确认是否应对齐到同一网格；对齐后重新导出可避免重采样。',
      en: 'Check whether both should stand on one grid; exported so, nothing needs resampling.',
    },
  },
  'raster.extent-short': {
    severity: 'yellow',
    zh: '栅格没有覆盖核算网格的 {share}%。',
    en: 'The raster does not reach {share}% of the grid.',
    hint: {
      zh: '请换用覆盖全区的栅格；未覆盖的像元按没有数据计数。',
      en: 'Use a raster that covers the region; pixels it does not reach count as pixels without data.',
    },
  },
} as const)

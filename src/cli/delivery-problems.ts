// What can be wrong with the maps, the class table and the settings of a delivery model, each with what its owner does next.

import { defineProblems } from '../kernel/index.ts'

export const problem = defineProblems({
  'delivery.no-metres': {
    severity: 'red',
    zh: '高程图的坐标系是“{crs}”，像元不是以米计的。',
    en: 'The elevation stands in "{crs}": its pixels are not measured in metres.',
    hint: {
      zh: '请把高程图投影到以米为单位的坐标系（如 CGCS2000 高斯–克吕格、Albers）再用。',
      en: 'Project the elevation to a system in metres, such as CGCS2000 Gauss–Krüger or Albers.',
    },
  },
  'delivery.not-square': {
    severity: 'red',
    zh: '高程图的像元不是正方形（{x} × {y} 米）。',
    en: 'The pixels of the elevation are not square ({x} × {y} m).',
    hint: { zh: '请重采样为正方形像元。', en: 'Resample it to square pixels.' },
  },
  'delivery.large': {
    severity: 'yellow',
    zh: '高程图有 {pixels} 个像元，汇流要整幅放在内存里，约需 {gigabytes} GB。',
    en: 'The elevation has {pixels} pixels; routing holds it whole and needs about {gigabytes} GB of memory.',
    hint: {
      zh: '内存不够时，请按流域裁开，或换用较大的像元。',
      en: 'With less memory, cut it along a watershed or use larger pixels.',
    },
  },
  'delivery.choice': {
    severity: 'red',
    zh: '选项 {option} 不认识“{value}”。',
    en: 'The option {option} does not know "{value}".',
    hint: { zh: '可选：{known}。', en: 'It takes: {known}.' },
  },
  'delivery.number': {
    severity: 'red',
    zh: '选项 {option} 的“{value}”不在允许范围内。',
    en: 'The option {option} cannot be "{value}".',
    hint: { zh: '请填{zh}。', en: 'Give {en}.' },
  },
  'delivery.negative': {
    severity: 'red',
    zh: '{zh}有 {count} 个像元是负数，最小 {lowest}。',
    en: '{count} pixels of {en} are negative, the lowest is {lowest}.',
    hint: {
      zh: '负数多半是没有登记的无数据值：请在文件里写明无数据值，或更正数据。',
      en: 'Most often this is a no-data value the file does not declare: declare it, or mend the data.',
    },
  },
  'delivery.erodibility-unit': {
    severity: 'yellow',
    zh: '可蚀性 K 的平均值是 {mean}，国际单位下一般在 0.002–0.06，像是美制单位。',
    en: 'The mean erodibility K is {mean}; in SI units it lies within 0.002–0.06, so this looks like US units.',
    hint: { zh: '美制 K 乘 0.1317 才是国际单位。', en: 'US values times 0.1317 are SI values.' },
  },
  'delivery.code-fraction': {
    severity: 'red',
    zh: '土地覆被图里有 {count} 个像元的代码不是整数（如 {value}）。',
    en: '{count} pixels of the land cover have a code that is no whole number, such as {value}.',
    hint: {
      zh: '类别图不能插值：请用原始分类图，按最近邻重采样。',
      en: 'Classes cannot be interpolated: use the map of classes itself, resampled by nearest neighbour.',
    },
  },
  'delivery.code-missing': {
    severity: 'red',
    zh: '土地覆被图的代码 {code} 在参数表里没有（{count} 个像元）。',
    en: 'Code {code} of the land cover is not in the table ({count} pixels).',
    hint: {
      zh: '请在表里补上这一类；它不算土地的，请在图里设为无数据。',
      en: 'Add the class to the table, or mark it as no data in the map where it is no land.',
    },
  },
  'delivery.no-table': {
    severity: 'red',
    zh: '参数表里没有读到表格。',
    en: 'No table was found in the file of class values.',
    hint: { zh: '第一行写列名，第一列 lucode。', en: 'The first row holds the names of columns, the first is lucode.' },
  },
  'delivery.no-column': {
    severity: 'red',
    zh: '参数表缺少列“{column}”。',
    en: 'The table has no column "{column}".',
    hint: { zh: '现有列：{columns}。', en: 'It has: {columns}.' },
  },
  'delivery.table-code': {
    severity: 'red',
    zh: '类别代码“{value}”不是整数。',
    en: 'The class code "{value}" is no whole number.',
    hint: { zh: '请填土地覆被图里的整数代码。', en: 'Write the whole number the land cover uses.' },
  },
  'delivery.table-twice': {
    severity: 'red',
    zh: '类别 {code} 在表里出现了两次。',
    en: 'The class {code} stands in the table twice.',
    hint: { zh: '请只留一行。', en: 'Keep one row.' },
  },
  'delivery.table-value': {
    severity: 'red',
    zh: '类别 {code} 的 {column} 是“{value}”，应为{zh}。',
    en: '{column} of class {code} is "{value}"; it must be {en}.',
    hint: { zh: '请改正这一格。', en: 'Mend this cell.' },
  },
  'delivery.no-pixels': {
    severity: 'red',
    zh: '没有一个像元同时具备全部输入。',
    en: 'No pixel has all the inputs.',
    hint: {
      zh: '请检查各图层和分区是否在同一地区、坐标系是否写对。',
      en: 'Check that the maps and zones lie in one place and state their coordinate systems rightly.',
    },
  },
  'delivery.no-channel': {
    severity: 'yellow',
    zh: '没有像元汇集超过 {threshold} 个像元的水，没有河道，因此没有输移量。',
    en: 'No pixel gathers the water of more than {threshold} pixels: there is no channel and nothing is delivered.',
    hint: { zh: '请减小 --threshold，或用更大的范围。', en: 'Lower --threshold, or use a larger area.' },
  },
})

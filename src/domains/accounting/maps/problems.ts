// What can be wrong with the maps of an account, each with what its owner does next.

import { defineProblems } from '../../../kernel/index.ts'

export const problem = defineProblems({
  'maps.no-land-cover': {
    severity: 'red',
    zh: '清单里有地图（{files}），但没有生态系统类型图，不知道像元属于哪一类。',
    en: 'The list names maps ({files}) but no map of ecosystem types, so the type of a pixel is not known.',
    hint: {
      zh: '请登记一张土地覆被图：argument: land-cover，并写明像元代码对应的类型（codes 或 crosswalk）。',
      en: 'List a land-cover map as argument `land-cover` and say which class each pixel code means (codes or crosswalk).',
    },
  },
  'maps.two-land-covers': {
    severity: 'red',
    zh: '登记了 {count} 张本年的生态系统类型图，只能有一张。',
    en: '{count} maps of ecosystem types are listed for this year; only one is allowed.',
    hint: {
      zh: '请保留核算年份的一张；上年的图登记为 area.opening。',
      en: 'Keep the one of the accounting year; list last year’s as area.opening.',
    },
  },
  'maps.bad-band': {
    severity: 'red',
    zh: '看不懂波段“{column}”：这张图有 {bands} 个波段。',
    en: 'The band "{column}" is not understood; the map has {bands}.',
    hint: { zh: '请写成 band 1、band 2……', en: 'Write it as band 1, band 2 …' },
  },
  'maps.unmapped-code': {
    severity: 'red',
    zh: '像元代码 {code} 没有对应的生态系统类型，共 {pixels} 个像元（约 {hectares} hm²）。',
    en: 'Pixel code {code} maps to no ecosystem type: {pixels} pixels (about {hectares} ha).',
    hint: {
      zh: '请在这张图的 class.codes 里写明它是什么类型；不属于核算范围的写“-”。',
      en: 'Say in class.codes of this map what the code means; write "-" for what is outside the account.',
    },
  },
  'maps.unknown-class': {
    severity: 'red',
    zh: '代码 {code} 写成了“{name}”，没有这个生态系统类型。',
    en: 'Code {code} is said to be "{name}", which is no ecosystem type.',
    hint: {
      zh: '请用类型代码或规范名称，如 forest.mixed、针阔混交林。',
      en: 'Use a class code or its name, such as forest.mixed.',
    },
  },
  'maps.unmapped-codes': {
    severity: 'red',
    zh: '还有 {codes} 个像元代码没有对应的生态系统类型，共 {pixels} 个像元。',
    en: '{codes} more pixel codes map to no ecosystem type: {pixels} pixels.',
    hint: {
      zh: '代码这样多，多半不是类型图：请核对文件与波段；确是类型图的，在 class.codes 里逐一写明。',
      en: 'So many codes are seldom classes: check file and band; if they are, say each in class.codes.',
    },
  },
  'maps.broken-code': {
    severity: 'red',
    zh: '类型图里有 {pixels} 个像元的值不是整数代码，第一个是 {value}。',
    en: '{pixels} pixels of the map of classes hold no whole code; the first is {value}.',
    hint: {
      zh: '类型图不能用双线性等方法重采样；请用最邻近法重新生成。',
      en: 'A map of classes must not be resampled by interpolation; make it again with nearest neighbour.',
    },
  },
  'maps.uncoded': {
    severity: 'red',
    zh: '{argument}：像元代码 {code} 在表里没有值，共 {pixels} 个像元。',
    en: '{argumentEn}: pixel code {code} has no value in the table: {pixels} pixels.',
    hint: { zh: '请在表里补上这一代码的一行。', en: 'Add a row for this code to the table.' },
  },
  'maps.listed-twice': {
    severity: 'red',
    zh: '{argument}登记了两次（{first}、{second}），不知道用哪一个。',
    en: '{argumentEn} is listed twice ({first}, {second}); it is not known which to use.',
    hint: { zh: '请只留一个。', en: 'Keep one of them.' },
  },
  'maps.bad-date': {
    severity: 'red',
    zh: '{argument}：“{text}”不是日期。',
    en: '{argumentEn}: "{text}" is no date.',
    hint: { zh: '请写成 2020-06-09。', en: 'Write it as 2020-06-09.' },
  },
  'maps.date-outside-year': {
    severity: 'red',
    zh: '{argument}：{date} 不在 {year} 年内。',
    en: '{argumentEn}: {date} is not within {year}.',
    hint: {
      zh: '请换成本年的一期；沿用别年的图，在这一条写明 year。',
      en: 'Use a map of the year; where one of another year serves, write its year in this entry.',
    },
  },
  'maps.date-twice': {
    severity: 'red',
    zh: '{argument}：{date} 有两张图（{first}、{second}）。',
    en: '{argumentEn}: two maps are of {date} ({first}, {second}).',
    hint: { zh: '请改正日期，或只留一张。', en: 'Correct the date, or keep one of them.' },
  },
  'maps.dates-mixed': {
    severity: 'red',
    zh: '{argument}：{month} 月的几期取法不一（{first}、{second}）。',
    en: '{argumentEn}: the dates of month {month} are taken differently ({first}, {second}).',
    hint: { zh: '同一个月只能都取平均，或都取最大。', en: 'Take all dates of a month as mean, or all as max.' },
  },
  'maps.dates-differ': {
    severity: 'red',
    zh: '{argument}：同一个月的两期 {first}、{second} {zh}不同，合不到一起。',
    en: '{argumentEn}: {first} and {second}, of one month, differ in {en} and cannot be taken together.',
    hint: { zh: '请统一后再登记。', en: 'Bring them to one and list them again.' },
  },
  'maps.elsewhere': {
    severity: 'red',
    zh: '{argument}：栅格与类型图没有一个像元重叠。',
    en: '{argumentEn}: the raster and the map of classes do not share a single pixel.',
    hint: {
      zh: '多半是坐标系或带号写错了：请在 GIS 软件中与类型图叠放核对，或换用覆盖本区的栅格。',
      en: 'The coordinate system or its zone is probably wrong: lay both over each other in a GIS, or use a raster of this region.',
    },
  },
  'maps.nothing-inside': {
    severity: 'red',
    zh: '没有一个有类型的像元落在核算范围内。',
    en: 'Not a single pixel with a type lies inside the regions of the account.',
    hint: {
      zh: '请核对类型图与边界的坐标系和范围，以及写成“-”的代码。',
      en: 'Compare the coordinate systems and extents of map and boundaries, and the codes said to be "-".',
    },
  },
  'maps.boundary-crs': {
    severity: 'red',
    zh: '边界文件的坐标系看不懂（{crs}）。',
    en: 'The coordinate system of the boundaries is not understood ({crs}).',
    hint: {
      zh: '请导出为 CGCS2000 经纬度（EPSG:4490）或带 .prj 的 Shapefile。',
      en: 'Export them as CGCS2000 longitude and latitude (EPSG:4490) or as a Shapefile with its .prj.',
    },
  },
  'maps.boundary-no-crs': {
    severity: 'red',
    zh: '边界文件没有说明坐标系，清单里也没有写。',
    en: 'The boundaries do not state their coordinate system, and neither does the list.',
    hint: {
      zh: '请问明后在清单 boundaries.datum 写明（如 CGCS2000、EPSG:4547），或补上 .prj 文件。',
      en: 'Ask for it and write it as boundaries.datum of the list (CGCS2000, EPSG:4547 …), or add the .prj file.',
    },
  },
  'maps.boundary-contradicts': {
    severity: 'red',
    zh: '边界文件写明的基准是 {stated}，清单声明的是 {declared}。',
    en: 'The boundary file states the datum {stated}, the list declares {declared}.',
    hint: {
      zh: '请核对：文件写得对就去掉清单里的 datum，否则在 GIS 软件中给文件重新“定义投影”。',
      en: 'Compare them: remove datum from the list if the file is right, else define the projection of the file again in a GIS.',
    },
  },
  'maps.not-degrees': {
    severity: 'red',
    zh: '栅格写明是经纬度，左上角却是（{x}, {y}），不是度。',
    en: 'The raster is said to be in degrees, but its corner is ({x}, {y}).',
    hint: {
      zh: '坐标系写错了：这是投影坐标（米）。请在 GIS 软件中“定义投影”为它真正的坐标系后重新保存。',
      en: 'The coordinate system is wrong: these are metres of a projection. Define its true projection in a GIS and save it again.',
    },
  },
  'maps.no-boundaries': {
    severity: 'yellow',
    zh: '没有边界文件：类型图上全部有类型的像元都算作 {region}。',
    en: 'There are no boundaries: all pixels of the land-cover map that have a type count as {regionEn}.',
    hint: {
      zh: '如果图的范围大于核算范围，请登记边界；否则写明理由。',
      en: 'List boundaries if the map reaches beyond the region; otherwise say so.',
    },
  },
  'maps.gcj02': {
    severity: 'yellow',
    zh: '边界声明为 GCJ-02，已换算到 CGCS2000/WGS 84（残差约 1 米以内，不作为勘界依据）。',
    en: 'The boundaries are declared GCJ-02 and were converted to CGCS2000/WGS 84 (within about 1 m; not for surveying).',
    hint: {
      zh: '有条件时请改用自然资源部门的 CGCS2000 边界。',
      en: 'Use CGCS2000 boundaries of the land authority where you can.',
    },
  },
  'maps.empty-region': {
    severity: 'yellow',
    zh: '{region} 的边界内没有一个像元中心，没有结果（不是 0）。',
    en: 'No pixel centre lies inside {regionEn}: it has no result (and not zero).',
    hint: {
      zh: '请检查边界与地图是否重叠，或换更细的图。',
      en: 'Check that boundary and map overlap, or use a finer map.',
    },
  },
  'maps.blocks-differ': {
    severity: 'red',
    zh: '这些分块文件不属于同一次核算。',
    en: 'These block files are not of one account.',
    hint: {
      zh: '各块须用同一文件夹、同一清单、同一块数和同一版本的程序算出；请重算不一致的块。',
      en: 'Blocks are computed from the same folder and list, with the same number of blocks and the same version; compute the differing ones again.',
    },
  },
  'maps.bad-block': {
    severity: 'red',
    zh: '“{text}”不是一个分块：应写作 2/8（第 2 块，共 8 块）；分块文件应是 account run --blocks 写出的。',
    en: '"{text}" is no block: 2/8 is the second of eight, and a block file is what account run --blocks has written.',
    hint: { zh: '请改正后再试。', en: 'Correct it and try again.' },
  },
  'maps.bad-threads': {
    severity: 'red',
    zh: '“{text}”不是线程数：应为 1 到 {most} 的整数。',
    en: '"{text}" is no number of threads: 1 to {most}.',
    hint: { zh: '请改正后再试；不写则与处理器数相同。', en: 'Correct it; left out, there are as many as processors.' },
  },
  'maps.blocks-missing': {
    severity: 'red',
    zh: '共 {of} 块，分块文件不齐或有重复；缺：{missing}。',
    en: 'There are {of} blocks and each is wanted once; missing: {missing}.',
    hint: { zh: '请补齐每一块，各给一次。', en: 'Give every block, once.' },
  },
  'maps.out-of-range': {
    severity: 'yellow',
    zh: '{argument}：{pixels} 个像元的值在 {low}–{high} {unit} 之外，最小 {min}，最大 {max}。',
    en: '{argumentEn}: {pixels} pixels are outside {low} to {high} {unit}; least {min}, greatest {max}.',
    hint: {
      zh: '请检查单位、无数据值和比例系数；确属真值的写明理由。',
      en: 'Check unit, no-data value and scale factor; if the values are true, say why.',
    },
  },
  'maps.percent-as-fraction': {
    severity: 'red',
    zh: '{argument}的单位是小数，图上却有 {max}，像是百分数。',
    en: '{argumentEn} is a fraction by its unit, but the map holds {max}: it looks like a percentage.',
    hint: {
      zh: '如果是百分数，请把清单的单位改为 %。',
      en: 'If these are percentages, set the unit in the list to %.',
    },
  },
  'maps.also-a-table': {
    severity: 'yellow',
    zh: '{argument}既有地图又有表：逐像元的方法用地图，其余方法用表。',
    en: '{argumentEn} is given by a map and by a table: methods over pixels take the map, the others the table.',
    hint: {
      zh: '请去掉不用的一个；两个都要的写明理由。',
      en: 'Take away the one that is not wanted, or say why both stand.',
    },
  },
  'maps.nan': {
    severity: 'yellow',
    zh: '{argument}：{pixels} 个像元不是数（NaN 或无穷），未计入。',
    en: '{argumentEn}: {pixels} pixels are no numbers (NaN or infinite) and are left out.',
    hint: {
      zh: '请在生成这张图的软件里检查除零和对数，或改成无数据值。',
      en: 'Look for divisions by zero and logarithms in the program that made it, or set them to no-data.',
    },
  },
  'maps.missing-pixels': {
    severity: 'yellow',
    zh: '{argument}：核算范围内有 {pixels} 个像元（{share} %）没有值，这些地方的结果缺失，没有当作 0。',
    en: '{argumentEn}: {pixels} pixels ({share} %) of the area have no value; results are missing there and not taken as 0.',
    hint: { zh: '请补齐数据或说明缺的是什么地方。', en: 'Fill the gap, or say what is missing.' },
  },
  'maps.other-year': {
    severity: 'yellow',
    zh: '{argument}：用的是 {year} 年的图，核算年份是 {wanted}。',
    en: '{argumentEn}: the map is of {year}, the account of {wanted}.',
    hint: { zh: '请换成本年的图，或写明沿用的理由。', en: 'Use the map of the year, or say why this one serves.' },
  },
  'maps.area-differs': {
    severity: 'yellow',
    zh: '{region} 的{class}：表上面积 {table} hm²，图上 {map} hm²，相差 {share} %。价值按图上像元，面积账按表。',
    en: '{region}, {classEn}: {table} ha in the table, {map} ha on the map, {share} % apart. Values follow the pixels, the extent account the table.',
    hint: {
      zh: '请查明原因：年份、分类口径或边界不同。',
      en: 'Find out why: another year, other classes or another boundary.',
    },
  },
} as const)

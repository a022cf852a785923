// What can be wrong with a vector file, each with what its owner does next. Red: the layer is not used. Yellow: it is
// used, and the reader is told how.

import { defineProblems } from '../../kernel/index.ts'

const sendAgain = {
  zh: '请在 GIS 软件里打开检查，重新导出，并把同名的 .shp、.shx、.dbf、.prj、.cpg 一起拷贝。',
  en: 'Open it in a GIS, export it again, and copy the .shp, .shx, .dbf, .prj and .cpg of one name together.',
}
const exportAgain = {
  zh: '请在 GIS 软件里打开检查，重新导出为 GeoPackage 或 Shapefile。',
  en: 'Open it in a GIS, check it, and export it again as GeoPackage or shapefile.',
}
const repair = {
  zh: '请在 GIS 软件里修复几何后重新导出。',
  en: 'Repair the geometry in a GIS and export it again.',
}

export const problem = defineProblems({
  'vector.format-unknown': {
    severity: 'red',
    zh: '这不是可读取的矢量文件（{what}）。',
    en: 'This is no vector file that is read here ({what}).',
    hint: {
      zh: '请导出为 Shapefile（写 .shp 的文件名）、GeoPackage、GeoJSON，或把 Shapefile 的各文件打成一个 zip。',
      en: 'Export it as shapefile (name the .shp), GeoPackage or GeoJSON, or pack the files of the shapefile into one zip.',
    },
  },
  'vector.no-layer': {
    severity: 'red',
    zh: '文件里没有矢量图层。',
    en: 'There is no vector layer in the file.',
    hint: { zh: '请检查是否拿错了文件。', en: 'Check whether this is the right file.' },
  },
  'vector.which-layer': {
    severity: 'red',
    zh: '文件里有多个图层：{layers}。',
    en: 'The file holds several layers: {layers}.',
    hint: { zh: '请在输入清单里写明 layer。', en: 'Name one of them as `layer` in the input list.' },
  },
  'vector.layer-missing': {
    severity: 'red',
    zh: '没有图层“{layer}”，有的是：{layers}。',
    en: 'There is no layer "{layer}"; there are: {layers}.',
    hint: { zh: '请改正图层名。', en: 'Correct the name of the layer.' },
  },
  'vector.layer-is-view': {
    severity: 'red',
    zh: '图层“{layer}”是视图，不是表，不读取。',
    en: 'The layer "{layer}" is a view and no table; views are not read.',
    hint: { zh: '请把它导出为普通图层。', en: 'Export it as a plain layer.' },
  },
  'vector.no-polygons': {
    severity: 'red',
    zh: '图层里没有多边形。',
    en: 'There are no polygons in the layer.',
    hint: { zh: '请给出面图层。', en: 'Give the polygon layer.' },
  },
  'vector.skipped': {
    severity: 'yellow',
    zh: '有 {count} 个要素不是多边形或没有图形（首个是第 {first} 个），已跳过。',
    en: '{count} features are no polygons or have no geometry (first: number {first}); they are skipped.',
    hint: { zh: '请确认它们不需要计入。', en: 'Make sure that they are not needed.' },
  },
  'vector.geometry-not-read': {
    severity: 'yellow',
    zh: '有 {count} 个要素的图形是 {kind}（首个是第 {first} 个），按没有图形处理。',
    en: '{count} features have a geometry of kind {kind} (first: number {first}); they count as without geometry.',
    hint: { zh: '请转成普通的点、线或面后重新导出。', en: 'Convert them to plain points, lines or polygons.' },
  },
  'vector.too-large': {
    severity: 'red',
    zh: '{what}超过 {limit}。',
    en: 'Too large: {whatEn} above {limit}.',
    hint: { zh: '请简化图形或拆分文件。', en: 'Simplify the geometry or split the file.' },
  },
  'vector.bad-coordinate': {
    severity: 'red',
    zh: '第 {feature} 个要素有无效坐标。',
    en: 'Feature {feature} has an invalid coordinate.',
    hint: repair,
  },
  'vector.open-ring': {
    severity: 'red',
    zh: '第 {feature} 个要素的边界没有闭合，或不足四个点。',
    en: 'A ring of feature {feature} is not closed or has fewer than four points.',
    hint: repair,
  },
  'vector.out-of-range': {
    severity: 'red',
    zh: '第 {feature} 个要素的坐标 {x}, {y} 不是经纬度，而文件写明是地理坐标系。',
    en: 'The coordinates {x}, {y} of feature {feature} are no longitude and latitude, but the file says they are.',
    hint: {
      zh: '请在 GIS 软件里核对图层的坐标系（定义投影）。',
      en: 'Check the coordinate system of the layer in a GIS.',
    },
  },
  'vector.hole-outside': {
    severity: 'yellow',
    zh: '有 {count} 个要素的内环不在任何外环里（首个是第 {first} 个），按独立的面处理。',
    en: 'In {count} features a hole lies in no outer ring (first: number {first}); it is taken as a polygon of its own.',
    hint: repair,
  },
  'vector.shp-truncated': {
    severity: 'red',
    zh: 'Shapefile 不完整：应有 {expected} 字节，只有 {got} 字节。',
    en: 'The shapefile is cut off: {expected} bytes are expected, {got} are there.',
    hint: sendAgain,
  },
  'vector.shp-damaged': {
    severity: 'red',
    zh: 'Shapefile 的第 {feature} 条图形记录已损坏（{reason}）。',
    en: 'Record {feature} of the shapefile is damaged ({reason}).',
    hint: sendAgain,
  },
  'vector.shx-ignored': {
    severity: 'yellow',
    zh: '索引 {file} 与 .shp 不一致，没有采用，按 .shp 中的次序读取。',
    en: 'The index {file} does not fit the .shp and is not used; records are read in the order of the .shp.',
    hint: sendAgain,
  },
  'vector.counts-differ': {
    severity: 'red',
    zh: '图形有 {shapes} 个，属性表有 {records} 行，对不上。',
    en: 'There are {shapes} shapes and {records} rows of attributes; they do not belong together.',
    hint: sendAgain,
  },
  'vector.dbf-missing': {
    severity: 'yellow',
    zh: '没有属性表 {file}，各图形没有属性。',
    en: 'There is no table of attributes {file}; the shapes have no attributes.',
    hint: sendAgain,
  },
  'vector.dbf-damaged': {
    severity: 'red',
    zh: '属性表 {file} 已损坏（{reason}）。',
    en: 'The table of attributes {file} is damaged ({reason}).',
    hint: sendAgain,
  },
  'vector.field-missing': {
    severity: 'red',
    zh: '属性表没有字段“{field}”，有的是：{fields}。',
    en: 'There is no attribute "{field}"; there are: {fields}.',
    hint: {
      zh: '请改正字段名（Shapefile 的字段名最多 10 个字节）。',
      en: 'Correct the name; a shapefile keeps ten bytes of it.',
    },
  },
  'vector.field-twice': {
    severity: 'yellow',
    zh: '字段“{field}”有多个，采用第一个。',
    en: 'There are several attributes "{field}"; the first is taken.',
    hint: { zh: '请给其余字段改名。', en: 'Rename the others.' },
  },
  'vector.fields-not-read': {
    severity: 'yellow',
    zh: '字段 {fields} 是备注或本程序不读取的类型，按缺失处理。',
    en: 'The attributes {fields} are memos or of a type that is not read; they count as missing.',
    hint: { zh: '如果需要，请转成文本或数值字段。', en: 'Where needed, convert them to text or numbers.' },
  },
  'vector.encoding-unknown': {
    severity: 'yellow',
    zh: '{file} 写的编码“{label}”不认识，按 {used} 读取。',
    en: 'The encoding "{label}" named in {file} is not known; the text is read as {used}.',
    hint: { zh: '请核对文字；编码文件里写 UTF-8 或 GBK。', en: 'Check the text; write UTF-8 or GBK into the file.' },
  },
  'vector.characters-replaced': {
    severity: 'yellow',
    zh: '按 {encoding} 读取时有 {count} 个值含有无法识别的字（首个是字段“{field}”的“{text}”）。',
    en: 'Read as {encoding}, {count} values hold characters that cannot be decoded (first: "{text}" in "{field}").',
    hint: {
      zh: '请在 .shp 旁放一个 .cpg 文件写明编码（UTF-8 或 GBK），或重新导出。',
      en: 'Put a .cpg file that names the encoding (UTF-8 or GBK) beside the .shp, or export it again.',
    },
  },
  'vector.prj-missing': {
    severity: 'yellow',
    zh: '没有 {file}，不知道坐标系。',
    en: 'There is no {file}; the coordinate system is not known.',
    hint: { zh: '请补上 .prj，或在输入清单里写明坐标系。', en: 'Add the .prj, or state the system in the input list.' },
  },
  'vector.prj-unreadable': {
    severity: 'yellow',
    zh: '{file} 不是坐标系说明，不知道坐标系。',
    en: '{file} is no description of a coordinate system; the system is not known.',
    hint: { zh: '请重新导出 .prj。', en: 'Export the .prj again.' },
  },
  'vector.wkb-damaged': {
    severity: 'red',
    zh: '第 {feature} 个要素的图形已损坏（{reason}）。',
    en: 'The geometry of feature {feature} is damaged ({reason}).',
    hint: exportAgain,
  },
  'vector.not-sqlite': {
    severity: 'red',
    zh: '文件名是 GeoPackage，内容却不是 SQLite 数据库，可能加了密或没有拷贝完整。',
    en: 'Named as a GeoPackage, but no SQLite database: it may be encrypted or copied in part.',
    hint: exportAgain,
  },
  'vector.not-geopackage': {
    severity: 'red',
    zh: '这是 SQLite 数据库，但不是 GeoPackage（没有 {table}）。',
    en: 'This is an SQLite database but no GeoPackage (it has no {table}).',
    hint: exportAgain,
  },
  'vector.sqlite-damaged': {
    severity: 'red',
    zh: '数据库第 {page} 页已损坏（{reason}）。',
    en: 'Page {page} of the database is damaged ({reason}).',
    hint: exportAgain,
  },
  'vector.wal': {
    severity: 'red',
    zh: '旁边的 {file} 里还有没写回的改动，读到的会是旧数据。',
    en: 'Changes not yet written back stand in {file} beside it; the file alone would give old data.',
    hint: {
      zh: '请关闭打开它的软件（如 QGIS），等 -wal 文件消失后再试。',
      en: 'Close the program that has it open (such as QGIS) and try again when the -wal file is gone.',
    },
  },
} as const)

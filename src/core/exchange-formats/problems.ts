// Every problem a file from outside can have, each with what its owner does next. Red: the file or the cell is not
// used. Yellow: it is used, and the reader is told how. Serves the rule "each bad input has its own problem".

import { defineProblems } from '../../kernel/index.ts'

const saveAsXlsx = {
  zh: '请用 Excel 或 WPS 打开，另存为 .xlsx 工作簿（无宏、无密码）后重试。',
  en: 'Open it in Excel or WPS, save it as a plain .xlsx workbook (no macros, no password) and try again.',
}
const sendAgain = {
  zh: '请在原软件中打开检查，重新保存或重新拷贝一份。',
  en: 'Open it in the program that made it, check it, and save or copy it again.',
}
const smaller = {
  zh: '请只保留需要的数据，或拆分成几个文件。',
  en: 'Keep only the data that is needed, or split the file.',
}
const mendCell = {
  zh: '请在工作簿中改正这个单元格后重新读取。',
  en: 'Mend this cell in the workbook and read it again.',
}

export const problem = defineProblems({
  'folder.missing': {
    severity: 'red',
    zh: '找不到文件夹“{folder}”，或无权读取。',
    en: 'The folder "{folder}" does not exist or may not be read.',
    hint: { zh: '请检查路径和权限。', en: 'Check the path and the permissions.' },
  },
  'folder.file-missing': {
    severity: 'red',
    zh: '文件夹里没有“{name}”{similar}。',
    en: 'There is no "{name}" in the folder{similarEn}.',
    hint: {
      zh: '请把文件放进文件夹，或在输入清单里改正文件名。',
      en: 'Put the file into the folder or mend its name in the input list.',
    },
  },
  'folder.name-leaves': {
    severity: 'red',
    zh: '文件名“{name}”指向数据文件夹之外。',
    en: 'The file name "{name}" points outside the data folder.',
    hint: {
      zh: '请把文件本身复制到数据文件夹里，文件名不要用 ..、盘符或指向外面的链接。',
      en: 'Copy the file itself into the data folder; a name must not use "..", a drive letter or a link that leads out.',
    },
  },
  'folder.same-name': {
    severity: 'red',
    zh: '有两个文件解码后同名：“{name}”。',
    en: 'Two files have the same decoded name "{name}".',
    hint: { zh: '请给其中一个改名。', en: 'Rename one of them.' },
  },
  'folder.name-unreadable': {
    severity: 'yellow',
    zh: '文件名既不是 UTF-8 也不是 GBK，写作“{name}”。',
    en: 'A file name is neither UTF-8 nor GBK; it is written "{name}".',
    hint: { zh: '请给文件改名。', en: 'Rename the file.' },
  },
  'folder.unreadable': {
    severity: 'red',
    zh: '“{name}”读不出来（{reason}）。',
    en: '"{name}" cannot be read ({reason}).',
    hint: {
      zh: '请检查权限、磁盘，或关闭正在使用它的程序。',
      en: 'Check permissions and disk, or close the program that holds it.',
    },
  },
  'folder.too-large': {
    severity: 'red',
    zh: '文件 {name} 有 {size} MB，超过可整体读入的 {limit} MB。',
    en: 'The file {name} is {size} MB; {limit} MB is the most that is read at once.',
    hint: smaller,
  },
  'folder.too-many': {
    severity: 'red',
    zh: '文件夹里的文件超过 {limit} 个，其余未列出。',
    en: 'The folder holds more than {limit} files; the rest are not listed.',
    hint: { zh: '请只放核算需要的文件。', en: 'Keep only the files of the account in it.' },
  },

  'zip.damaged': {
    severity: 'red',
    zh: '压缩结构已损坏（{reason}）。',
    en: 'The archive structure is damaged ({reason}).',
    hint: sendAgain,
  },
  'zip.too-large': {
    severity: 'red',
    zh: '解压后过大或压缩比异常（{what}），为安全起见不予展开。',
    en: 'It is too large or packed suspiciously tight ({what}); for safety it is not unpacked.',
    hint: smaller,
  },
  'zip.path-escape': {
    severity: 'red',
    zh: '压缩包内的文件名“{name}”会写到目标文件夹之外。',
    en: 'The name "{name}" in the archive would be written outside the target folder.',
    hint: { zh: '请勿使用这个压缩包，向提供者另要一份。', en: 'Do not use this archive; ask its owner for another.' },
  },
  'zip.same-name': {
    severity: 'red',
    zh: '压缩包内“{name}”出现两次。',
    en: 'The name "{name}" appears twice in the archive.',
    hint: { zh: '请重新打包。', en: 'Pack it again.' },
  },
  'zip.encrypted': {
    severity: 'red',
    zh: '压缩包内“{name}”已加密。',
    en: 'The entry "{name}" of the archive is encrypted.',
    hint: { zh: '请去掉密码后重新打包。', en: 'Remove the password and pack it again.' },
  },

  'workbook.password': {
    severity: 'red',
    zh: '工作簿设了打开密码，无法读取。',
    en: 'The workbook is protected by a password and cannot be read.',
    hint: {
      zh: '请打开后在“文件—信息—保护工作簿”中去掉密码，另存后重试。',
      en: 'Open it, remove the password under File, Info, Protect Workbook, and save it.',
    },
  },
  'workbook.old-xls': {
    severity: 'red',
    zh: '这是旧版 Excel（.xls/.et）工作簿，本程序不读取。',
    en: 'This is an old Excel (.xls/.et) workbook, which is not read.',
    hint: saveAsXlsx,
  },
  'workbook.binary-xlsb': {
    severity: 'red',
    zh: '这是二进制工作簿（.xlsb），本程序不读取。',
    en: 'This is a binary workbook (.xlsb), which is not read.',
    hint: saveAsXlsx,
  },
  'workbook.open-document': {
    severity: 'red',
    zh: '这是 OpenDocument 表格（.ods），本程序不读取。',
    en: 'This is an OpenDocument spreadsheet (.ods), which is not read.',
    hint: saveAsXlsx,
  },
  'workbook.disguised': {
    severity: 'red',
    zh: '文件内容是 {what}，不是工作簿，只是用了工作簿的扩展名。',
    en: 'The content is {what} and no workbook, whatever its extension says.',
    hint: saveAsXlsx,
  },
  'workbook.not-a-workbook': {
    severity: 'red',
    zh: '文件内容不是 .xlsx 工作簿。',
    en: 'The content is not an .xlsx workbook.',
    hint: saveAsXlsx,
  },
  'workbook.damaged': {
    severity: 'red',
    zh: '工作簿已损坏，读不出来（{reason}）。',
    en: 'The workbook is damaged and cannot be read ({reason}).',
    hint: sendAgain,
  },
  'workbook.macros': {
    severity: 'red',
    zh: '工作簿含有宏（{part}），不予读取。',
    en: 'The workbook holds macros ({part}) and is not read.',
    hint: saveAsXlsx,
  },
  'workbook.empty': {
    severity: 'red',
    zh: '工作簿里没有任何数据。',
    en: 'The workbook holds no data at all.',
    hint: { zh: '请检查是否拿错了文件。', en: 'Check whether this is the right file.' },
  },
  'workbook.external-links': {
    severity: 'yellow',
    zh: '工作簿有 {count} 处链接指向别的文件；采用的是上次保存时的数值。',
    en: 'The workbook links to {count} other files; the values of its last saving are used.',
    hint: {
      zh: '请在“数据—编辑链接”中断开链接，确认数值是最新的。',
      en: 'Break the links under Data, Edit Links, and make sure the values are current.',
    },
  },
  'workbook.formula-without-value': {
    severity: 'red',
    zh: '公式“={formula}”没有保存计算结果。',
    en: 'The formula "={formula}" has no stored result.',
    hint: {
      zh: '请用 Excel 或 WPS 打开、重新计算并保存，或粘贴为数值。',
      en: 'Open it in Excel or WPS, let it compute and save it, or paste the result as a value.',
    },
  },
  'workbook.formulas-taken': {
    severity: 'yellow',
    zh: '本表有 {count} 个公式单元格（首个在 {first}），采用的是保存时的计算结果。',
    en: 'This sheet has {count} formula cells (first at {first}); their stored results were taken as values.',
    hint: {
      zh: '请确认打开后重新计算过；最好把结果粘贴为数值。',
      en: 'Make sure it was computed before saving; better, paste the results as values.',
    },
  },
  'workbook.error-cell': {
    severity: 'red',
    zh: '单元格的值是错误 {error}。',
    en: 'The cell holds the error {error}.',
    hint: { zh: '请修正公式或填入数值。', en: 'Mend the formula or enter the value.' },
  },
  'workbook.more-of-these': {
    severity: 'red',
    zh: '本表另有 {count} 个单元格有同样的问题（{code}）。',
    en: 'Another {count} cells of this sheet have the same problem ({code}).',
    hint: { zh: '请先改正已列出的，再检查其余单元格。', en: 'Mend those listed first, then check the rest.' },
  },
  'workbook.bad-cell': {
    severity: 'red',
    zh: '单元格内容“{content}”与它的类型不符。',
    en: 'The content "{content}" of the cell does not fit its type.',
    hint: mendCell,
  },
  'workbook.empty-rows': {
    severity: 'yellow',
    zh: '本表有 {count} 行只有格式没有数据，已跳过；有数据的是 {kept} 行。',
    en: '{count} rows of this sheet carry only formatting and were skipped; {kept} rows hold data.',
    hint: {
      zh: '请删除数据下方的空行后保存，文件会小很多。',
      en: 'Delete the empty rows below the data and save; the file becomes much smaller.',
    },
  },
  'workbook.hidden-rows': {
    severity: 'yellow',
    zh: '本表有 {count} 行有数据但被隐藏或筛掉（首行 {first}），仍按数据读取。',
    en: '{count} rows with data are hidden or filtered away (first: row {first}); they are read as data.',
    hint: { zh: '请取消筛选，确认这些行应当计入。', en: 'Clear the filter and make sure that these rows belong.' },
  },
  'workbook.too-many-rows': {
    severity: 'red',
    zh: '本表有数据的行超过 {limit} 行。',
    en: 'The sheet has more than {limit} rows with data.',
    hint: smaller,
  },
  'workbook.too-many-columns': {
    severity: 'red',
    zh: '本表在第 {limit} 列以后还有数据。',
    en: 'The sheet has data beyond column {limit}.',
    hint: smaller,
  },
  'workbook.too-many-cells': {
    severity: 'red',
    zh: '有数据的单元格超过 {limit} 个。',
    en: 'There are more than {limit} cells with data.',
    hint: smaller,
  },
  'workbook.too-many-merges': {
    severity: 'red',
    zh: '本表的合并单元格过多。',
    en: 'The sheet has too many merged cells.',
    hint: { zh: '请取消合并后逐格填写。', en: 'Unmerge them and fill every cell.' },
  },

  'delimited.not-text': {
    severity: 'red',
    zh: '文件不是 UTF-8、GBK/GB18030 或 UTF-16 文本。',
    en: 'The file is not text in UTF-8, GBK/GB18030 or UTF-16.',
    hint: { zh: '请用“CSV UTF-8（逗号分隔）”重新保存。', en: 'Save it again as "CSV UTF-8 (comma delimited)".' },
  },
  'delimited.empty': {
    severity: 'red',
    zh: '文本文件里没有数据。',
    en: 'The text file holds no data.',
    hint: { zh: '请检查是否拿错了文件。', en: 'Check whether this is the right file.' },
  },
  'delimited.open-quote': {
    severity: 'red',
    zh: '从这一行开始的引号没有结束。',
    en: 'The quotation mark opened on this line is never closed.',
    hint: { zh: '请补上引号，或用表格软件重新导出。', en: 'Close the quotation mark or export the file again.' },
  },
  'delimited.uneven-row': {
    severity: 'yellow',
    zh: '有 {count} 行的列数比首行多（首个在第 {first} 行），可能是数字里有未加引号的逗号。',
    en: '{count} lines have more fields than the first (first: line {first}); a number may hold an unquoted comma.',
    hint: { zh: '请检查这些行。', en: 'Check these lines.' },
  },

  'table.no-table': {
    severity: 'red',
    zh: '没有找到表头和数据。',
    en: 'No heading row with data below it was found.',
    hint: {
      zh: '请让第一行为列名、下面为数据，或在输入清单里写明表头行号。',
      en: 'Let the first row hold the headings and the data follow, or name the heading row in the input list.',
    },
  },
  'table.merged-heading': {
    severity: 'red',
    zh: '表头“{heading}”合并了 {range}，下面 {count} 列都有数据，分不清各列是什么。',
    en: 'The heading "{heading}" is merged over {range} and {count} columns below it hold data, so they cannot be told apart.',
    hint: { zh: '请取消合并，给每一列写自己的列名。', en: 'Unmerge it and give every column its own heading.' },
  },
  'table.heading-twice': {
    severity: 'yellow',
    zh: '列名“{heading}”出现在 {columns} 两列。',
    en: 'The heading "{heading}" stands over columns {columns}.',
    hint: {
      zh: '请改成不同的列名，或在输入清单里用列号。',
      en: 'Give them different names, or use the column letter in the input list.',
    },
  },
  'table.heading-guessed': {
    severity: 'yellow',
    zh: '上级列名“{heading}”没有合并单元格，按它右边的空格推定它管 {columns} 列。',
    en: 'The upper heading "{heading}" is not merged; by the blanks right of it, it is taken to cover columns {columns}.',
    hint: { zh: '请核对；最好把上级列名合并居中。', en: 'Check it; better, merge the upper heading over its columns.' },
  },
  'table.column-without-heading': {
    severity: 'yellow',
    zh: '{column} 列有数据但没有列名。',
    en: 'Column {column} holds data but has no heading.',
    hint: { zh: '请补上列名，或删去这一列。', en: 'Add a heading or remove the column.' },
  },
  'table.blank-row-inside': {
    severity: 'yellow',
    zh: '数据中间有空行，空行之后的行也算作本表数据。',
    en: 'There is a blank row inside the data; the rows after it are read as part of the table.',
    hint: {
      zh: '请删去空行；若下面是另一张表，请移到另一个工作表。',
      en: 'Delete the blank row; if another table begins there, move it to its own sheet.',
    },
  },
  'table.more-below': {
    severity: 'yellow',
    zh: '表格在第 {end} 行结束，从第 {row} 行起的内容没有读取。',
    en: 'The table ends at row {end}; what follows from row {row} was not read.',
    hint: {
      zh: '若它是另一张表，请移到另一个工作表或另写表头行号。',
      en: 'If it is another table, move it to its own sheet or name its heading row.',
    },
  },
  'table.merged-number': {
    severity: 'yellow',
    zh: '一个数值合并占了 {range}，只记在第一格。',
    en: 'One number is merged over {range}; it is taken at its first cell only.',
    hint: { zh: '请取消合并，把数值分到各行。', en: 'Unmerge it and give every row its own number.' },
  },
  'table.text-in-number-cell': {
    severity: 'red',
    zh: '这里应为数字，却是“{text}”。',
    en: 'A number is wanted here, but the cell says "{text}".',
    hint: {
      zh: '请填纯数字；没有数据就空着或写“缺测”。',
      en: 'Enter a plain number; where there is no data leave it empty or write "NA".',
    },
  },
  'table.number-with-unit': {
    severity: 'red',
    zh: '数字后面带了单位：“{text}”。',
    en: 'The number carries a unit: "{text}".',
    hint: {
      zh: '请只填数字，把单位“{unit}”写到列名里。',
      en: 'Enter the number alone and write the unit "{unit}" in the heading.',
    },
  },
  'table.date-in-number-cell': {
    severity: 'red',
    zh: '这里应为数字，却是日期 {text}。',
    en: 'A number is wanted here, but the cell is the date {text}.',
    hint: {
      zh: '请把单元格格式改为“数值”并重新填写。',
      en: 'Set the format of the cell to "Number" and enter it again.',
    },
  },

  'geojson.not-read-yet': {
    severity: 'red',
    zh: '这是 {what}，目前还不读取。',
    en: 'This is {what}, which is not read yet.',
    hint: {
      zh: '目前读取 GeoJSON（多边形，CGCS2000 或 WGS84 经纬度，或写明 crs）。请用 QGIS 或 ArcGIS 导出为 GeoJSON。',
      en: 'Read now: GeoJSON polygons in longitude and latitude, or with a stated crs. Export it as GeoJSON from QGIS or ArcGIS.',
    },
  },
  'geojson.damaged': {
    severity: 'red',
    zh: '不是有效的 GeoJSON（{reason}）。',
    en: 'This is not valid GeoJSON ({reason}).',
    hint: sendAgain,
  },
  'geojson.too-large': {
    severity: 'red',
    zh: '{what}超过 {limit}。',
    en: 'Too large: {whatEn} above {limit}.',
    hint: { zh: '请简化边界或拆分文件。', en: 'Simplify the boundaries or split the file.' },
  },
  'geojson.no-polygons': {
    severity: 'red',
    zh: '文件里没有多边形。',
    en: 'There are no polygons in the file.',
    hint: { zh: '请导出面图层。', en: 'Export the polygon layer.' },
  },
  'geojson.skipped': {
    severity: 'yellow',
    zh: '有 {count} 个要素不是多边形或没有图形（首个是第 {first} 个），已跳过。',
    en: '{count} features are no polygons or have no geometry (first: number {first}); they are skipped.',
    hint: { zh: '请确认它们不需要计入。', en: 'Make sure that they are not needed.' },
  },
  'geojson.bad-coordinate': {
    severity: 'red',
    zh: '第 {feature} 个要素有无效坐标。',
    en: 'Feature {feature} has an invalid coordinate.',
    hint: sendAgain,
  },
  'geojson.open-ring': {
    severity: 'red',
    zh: '第 {feature} 个要素的边界没有闭合，或不足四个点。',
    en: 'A ring of feature {feature} is not closed or has fewer than four points.',
    hint: { zh: '请在 GIS 软件里修复几何后重新导出。', en: 'Repair the geometry in a GIS and export it again.' },
  },
  'geojson.out-of-range': {
    severity: 'red',
    zh: '第 {feature} 个要素的坐标 {x}, {y} 不是经纬度，而文件没有写明投影坐标系。',
    en: 'The coordinates {x}, {y} of feature {feature} are no longitude and latitude, and the file states no projected crs.',
    hint: {
      zh: '请转成 CGCS2000 经纬度（EPSG:4490），或写明 crs。',
      en: 'Convert it to CGCS2000 longitude and latitude (EPSG:4490) or state the crs.',
    },
  },
  'geojson.crs-unknown': {
    severity: 'red',
    zh: '看不懂坐标系“{crs}”。',
    en: 'The coordinate system "{crs}" is not understood.',
    hint: { zh: '请写成 EPSG:4490 这样的代号。', en: 'Write it as a code such as EPSG:4490.' },
  },
} as const)

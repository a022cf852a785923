// Everything that can be wrong between a user's folder and the facts of an account, each with file, sheet and cell or line.
// Red stops the run; yellow is a finding that wants a reason.

import { defineProblems } from '../../../kernel/index.ts'

export const problem = defineProblems({
  // the list itself
  'list.missing': {
    severity: 'red',
    zh: '没有找到输入清单“{file}”。',
    en: 'There is no input list "{file}".',
    hint: {
      zh: '请运行 qingshan account init {folder}，由它打开每个文件并拟出清单。',
      en: 'Run qingshan account init {folder}: it opens every file and proposes a list.',
    },
  },
  'list.not-yaml': {
    severity: 'red',
    zh: '输入清单读不通：{detail}。',
    en: 'The input list cannot be read: {detail}.',
    hint: { zh: '请检查这一行的缩进、冒号和引号。', en: 'Check indentation, colons and quotes on this line.' },
  },
  'list.alias': {
    severity: 'red',
    zh: '输入清单里不能用 & 和 * 引用。',
    en: 'An input list may not use & and * references.',
    hint: { zh: '请把内容直接写在这里。', en: 'Write the content out here.' },
  },
  'list.unknown-key': {
    severity: 'red',
    zh: '输入清单里有不认识的项“{key}”。',
    en: 'The input list has an unknown key "{key}".',
    hint: { zh: '请检查拼写；此处可用的项：{zh}。', en: 'Check the spelling; allowed here: {en}.' },
  },
  'list.missing-key': {
    severity: 'red',
    zh: '输入清单缺少“{key}”。',
    en: 'The input list lacks "{key}".',
    hint: { zh: '请在这里补上“{key}”。', en: 'Add "{key}" here.' },
  },
  'list.wrong-value': {
    severity: 'red',
    zh: '输入清单的“{key}”写法不对（{zh}）。',
    en: 'The value of "{key}" in the input list is not right ({en}).',
    hint: { zh: '请按说明改写这一项。', en: 'Rewrite this entry as described.' },
  },
  'list.sheet-missing': {
    severity: 'red',
    zh: '工作簿里没有“{sheet}”表。',
    en: 'The workbook has no sheet "{sheet}".',
    hint: { zh: '请使用由本软件写出的输入清单工作簿。', en: 'Use an input list workbook written by this program.' },
  },
  'list.unknown-argument': {
    severity: 'red',
    zh: '不认识的指标“{argument}”。',
    en: 'Unknown argument "{argument}".',
    hint: { zh: '最接近的是：{nearest}。', en: 'The nearest are: {nearest}.' },
  },
  'list.unit-mismatch': {
    severity: 'red',
    zh: '指标“{argument}”的单位应能换算成 {want}，清单写的是 {have}。',
    en: 'The unit of "{argument}" must convert to {want}; the list says {have}.',
    hint: {
      zh: '请核对原表的单位，改正清单里的 unit。',
      en: 'Look up the unit in the source table and correct `unit` in the list.',
    },
  },
  'list.unknown-unit': {
    severity: 'red',
    zh: '不认识的计量单位“{unit}”（指标“{argument}”）。',
    en: 'Unknown unit "{unit}" (argument "{argument}").',
    hint: { zh: '请写成 km2、hm2、万m3、t、亿元 这样的单位。', en: 'Write a unit such as km2, hm2, 万m3, t, 亿元.' },
  },
  'list.days-shape': {
    severity: 'red',
    zh: '“{argument}”的逐日取数写法不对：{zh}。',
    en: 'The daily reading of "{argument}" does not fit: {en}.',
    hint: { zh: '请改正清单里这一条的 days。', en: 'Correct `days` of this entry.' },
  },
  'list.resampling-shape': {
    severity: 'red',
    zh: '“{argument}”不能写重采样方法：{zh}。',
    en: 'No resampling can be chosen for "{argument}": {en}.',
    hint: { zh: '请删去清单里这一条的 resampling。', en: 'Delete `resampling` of this entry.' },
  },
  'list.needs-dimension': {
    severity: 'red',
    zh: '指标“{argument}”必须说明{dim}（列或固定值）。',
    en: 'Argument "{argument}" needs its {dim} (a column or one fixed value).',
    hint: { zh: '请在清单这一条补上 {key}。', en: 'Add {key} to this entry of the list.' },
  },
  'list.not-accepted': {
    severity: 'red',
    zh: '输入清单还没有经人确认，其中的猜测不能计入核算。',
    en: 'The input list has not been accepted; a guess does not count.',
    hint: {
      zh: '请逐条核对清单（尤其是疑问），然后运行 qingshan account accept {file} --by 姓名 --on 日期。',
      en: 'Go through the list, its questions above all, then run qingshan account accept {file} --by NAME --on DATE.',
    },
  },
  'list.open-question': {
    severity: 'red',
    zh: '指标“{argument}”还有没有回答的疑问：{question}',
    en: 'Argument "{argument}" has an open question: {question}',
    hint: {
      zh: '请核对后改正或删去这一条的 question，再确认清单。',
      en: 'Check it, correct the entry or remove its question, then accept the list.',
    },
  },
  // files and tables
  'input.not-a-table': {
    severity: 'red',
    zh: '“{name}”不是能读数的表格文件。',
    en: '"{name}" is not a table that numbers can be read from.',
    hint: { zh: '请提供 .xlsx 或 .csv 文件。', en: 'Give an .xlsx or .csv file.' },
  },
  'input.missing-sheet': {
    severity: 'red',
    zh: '文件里没有工作表“{sheet}”。',
    en: 'The file has no sheet "{sheet}".',
    hint: { zh: '现有工作表：{sheets}。请改正清单。', en: 'It has: {sheets}. Correct the list.' },
  },
  'input.which-sheet': {
    severity: 'red',
    zh: '文件有多张工作表，清单没有说明用哪一张。',
    en: 'The file has several sheets and the list does not say which.',
    hint: { zh: '请在清单里写明 sheet，可选：{sheets}。', en: 'Name the sheet in the list; there are: {sheets}.' },
  },
  'input.missing-column': {
    severity: 'red',
    zh: '表里没有“{column}”列。',
    en: 'The table has no column "{column}".',
    hint: { zh: '表头是：{headings}。请改正清单的列名。', en: 'The headings are: {headings}. Correct the list.' },
  },
  'input.ambiguous-column': {
    severity: 'red',
    zh: '表里有不止一列叫“{column}”（{letters}）。',
    en: 'More than one column is called "{column}" ({letters}).',
    hint: {
      zh: '请在清单里用列的字母，例如 {first}。',
      en: 'Use the letter of the column in the list, for example {first}.',
    },
  },
  'input.no-rows': {
    severity: 'red',
    zh: '指标“{argument}”在表里一行也没有取到。',
    en: 'No row of the table gives a value of "{argument}".',
    hint: { zh: '请检查行条件、标题行和年份。', en: 'Check the row condition, the heading row and the year.' },
  },
  'input.missing-value': {
    severity: 'yellow',
    zh: '“{argument}”（{where}）没有数。',
    en: '"{argument}" ({where}) has no value.',
    hint: {
      zh: '请补数；确实没有时说明原因，缺失按缺失处理，不当作 0。',
      en: 'Fill it in, or say why there is none; missing stays missing and is not taken as 0.',
    },
  },
  'input.fraction-as-percent': {
    severity: 'red',
    zh: '“{argument}”的单位写的是 %，但整列最大只有 {max}，是小数（0 到 1）。',
    en: '"{argument}" is said to be in %, but the largest value of the column is {max}: these are fractions.',
    hint: {
      zh: '请把清单的单位改为 1；如果确是百分数，请在原表补足位数或逐格注明 %。',
      en: 'Set the unit in the list to 1; if they really are percentages, write the % sign in each cell.',
    },
  },
  'input.maybe-fraction': {
    severity: 'yellow',
    zh: '“{argument}”的单位写的是 %，整列最大只有 {max}，可能是小数（0 到 1）。',
    en: '"{argument}" is said to be in %, and the largest value of the column is {max}: these may be fractions.',
    hint: {
      zh: '如果是小数，请把清单的单位改为 1；确是百分数请说明。',
      en: 'If they are, set the unit to 1; if not, say so.',
    },
  },
  'input.percent-as-fraction': {
    severity: 'red',
    zh: '“{argument}”的单位是小数，但读到 {value}，像是百分数。',
    en: '"{argument}" is a fraction by its unit, but the cell has {value}: it looks like a percentage.',
    hint: {
      zh: '如果是百分数，请把清单的单位改为 %。',
      en: 'If these are percentages, set the unit in the list to %.',
    },
  },
  'input.percent-format': {
    severity: 'red',
    zh: '单元格显示 {shown}，是百分数，而“{argument}”的单位是 {unit}。',
    en: 'The cell shows {shown}, a percentage, while the unit of "{argument}" is {unit}.',
    hint: { zh: '请核对这一列是不是要找的列。', en: 'Check that this is the right column.' },
  },
  'input.unit-mismatch': {
    severity: 'red',
    zh: '“{argument}”：清单写的单位是 {list}，表里写的是 {sheet}。',
    en: '"{argument}": the list says {list}, the table says {sheet}.',
    hint: { zh: '请核对后改正清单或原表。', en: 'Check and correct the list or the table.' },
  },
  'input.unit-overruled': {
    severity: 'yellow',
    zh: '“{argument}”：表里写的单位是 {sheet}，数值却只在单位为 {list} 时合理，按清单的 {list} 读取。',
    en: '"{argument}": the table says {sheet}, but the values make sense in {list} only; they are read in {list} as listed.',
    hint: {
      zh: '请向供数单位核实，并更正原表的单位。',
      en: 'Ask whoever gave the data and correct the unit in the table.',
    },
  },
  'input.out-of-range': {
    severity: 'yellow',
    zh: '“{argument}”的值 {value} 不在常见范围 {low} 到 {high}（{unit}）内。',
    en: '"{argument}" is {value}, outside the usual {low} to {high} ({unit}).',
    hint: {
      zh: '请核对数值和单位（万、亿、mm 与 cm、℃×10）；属实请说明原因。',
      en: 'Check value and unit (万, 亿, mm or cm, °C×10); if it is right, say why.',
    },
  },
  'input.duplicate': {
    severity: 'red',
    zh: '“{argument}”（{where}）出现了两次：{first} 与 {second}。',
    en: '"{argument}" ({where}) is given twice: {first} and {second}.',
    hint: { zh: '请留下正确的一个。', en: 'Keep the right one.' },
  },
  'input.unmapped-class': {
    severity: 'red',
    zh: '类型“{name}”对不上任何生态系统类型。',
    en: 'The class "{name}" maps to no ecosystem class.',
    hint: {
      zh: '请改成分类里的名称或代码，或在清单里写明对照表（crosswalk）。最接近的：{nearest}。',
      en: 'Use a name or code of the classification, or name a crosswalk in the list. Nearest: {nearest}.',
    },
  },
  'input.ambiguous-class': {
    severity: 'red',
    zh: '类型“{name}”可以是多个生态系统类型：{codes}。',
    en: 'The class "{name}" may be any of: {codes}.',
    hint: { zh: '请在清单里写明用哪个对照表（crosswalk）。', en: 'Name the crosswalk to use in the list.' },
  },
  'input.unknown-crosswalk': {
    severity: 'red',
    zh: '没有叫“{crosswalk}”的类型对照表。',
    en: 'There is no crosswalk called "{crosswalk}".',
    hint: { zh: '可用的对照表：{known}。', en: 'There are: {known}.' },
  },
  'input.unknown-region': {
    severity: 'red',
    zh: '地区“{name}”不在地区表里。',
    en: 'The region "{name}" is not in the region list.',
    hint: {
      zh: '请核对名称或代码，或在地区表里补上。最接近的：{nearest}。',
      en: 'Check the name or code, or add it to the region list. Nearest: {nearest}.',
    },
  },
  'input.ambiguous-region': {
    severity: 'red',
    zh: '地区名“{name}”有多个代码：{codes}。',
    en: 'The region name "{name}" has several codes: {codes}.',
    hint: { zh: '请在数据表里改用代码。', en: 'Use codes in the data table.' },
  },
  'input.unknown-item': {
    severity: 'red',
    zh: '“{argument}”没有叫“{name}”的项目。',
    en: '"{argument}" has no item called "{name}".',
    hint: { zh: '可用的项目：{items}。', en: 'There are: {items}.' },
  },
  'input.empty-key': {
    severity: 'red',
    zh: '这一行有“{argument}”的数，却没有写{dim}。',
    en: 'The row has a value of "{argument}" but no {dim}.',
    hint: { zh: '请补上，或删去这一行。', en: 'Fill it in or delete the row.' },
  },
  'input.bad-year': {
    severity: 'red',
    zh: '“{text}”不是年份。',
    en: '"{text}" is not a year.',
    hint: { zh: '请写四位数的年份。', en: 'Write a year of four digits.' },
  },
  'input.bad-date': {
    severity: 'red',
    zh: '“{text}”不是日期（共 {count} 处，这是第一处）。',
    en: '"{text}" is not a date ({count} in all; this is the first).',
    hint: {
      zh: '请写成 2012-01-05、2012/1/5、20120105 或 2012年1月5日。',
      en: 'Write 2012-01-05, 2012/1/5, 20120105 or 2012年1月5日.',
    },
  },
  'input.date-repeated': {
    severity: 'red',
    zh: '{date} 有两个值：{first} 与 {second}（共 {count} 天重复）。',
    en: '{date} has two values: {first} and {second} ({count} days repeated).',
    hint: {
      zh: '请删去多余的行；几个站在同一张表时，请用行条件选一个站。',
      en: 'Delete the extra rows; where one table holds several stations, choose one by a row condition.',
    },
  },
  'input.days-missing': {
    severity: 'red',
    zh: '“{argument}”{period} 缺 {count} 天，从 {first} 起；最多允许缺 {allowed} 天。',
    en: '"{argument}" lacks {count} days of {period}, the first {first}; {allowed} are allowed.',
    hint: {
      zh: '请补齐这些天；确可缺少的，在清单 days.missing 写明允许的天数。',
      en: 'Fill in these days; where some may be missing, say how many in days.missing of the list.',
    },
  },
  'input.shapes-not-for': {
    severity: 'red',
    zh: '“{argument}”不能取自图形文件：图形只用于湖泊、沼泽面积和水库库容。',
    en: '"{argument}" cannot come from polygons: they serve areas of lakes and marshes and capacities of reservoirs.',
    hint: { zh: '请改用表格。', en: 'Use a table.' },
  },
  'input.shapes-region': {
    severity: 'red',
    zh: '“{argument}”取自图形，地区由界线切分得到，不写 region。',
    en: '"{argument}" comes from polygons: regions follow from the boundaries, `region` is left out.',
    hint: { zh: '请删去这一条的 region。', en: 'Remove `region` from this entry.' },
  },
  'input.shapes-no-crs': {
    severity: 'red',
    zh: '图形没有可用的坐标系（{crs}）。',
    en: 'The polygons have no coordinate system that is known ({crs}).',
    hint: {
      zh: '请补上 .prj，或在 GIS 软件中写明坐标系后另存。',
      en: 'Add the .prj, or save it again with its system.',
    },
  },
  'input.shapes-datum': {
    severity: 'red',
    zh: '图形的基准面是 {datum}，没有确认过的转换参数，不换算。',
    en: 'The polygons are on the datum {datum}; no parameters are confirmed, so they are not converted.',
    hint: { zh: '请先转换到 CGCS2000。', en: 'Convert them to CGCS2000 first.' },
  },
  'input.shapes-outside': {
    severity: 'yellow',
    zh: '“{argument}”：{count} 个图形有一部分或全部在核算地区之外（如“{first}”），界外的不计。',
    en: '"{argument}": {count} bodies lie in part or whole outside the account (as "{first}"); what is outside does not count.',
    hint: { zh: '请核对界线和图形的坐标系、版本。', en: 'Check system and edition of boundaries and polygons.' },
  },
  'input.shapes-overlap': {
    severity: 'red',
    zh: '图形“{first}”与“{second}”重叠 {area} m²，会重复计算。',
    en: 'The bodies "{first}" and "{second}" share {area} m², which would count twice.',
    hint: { zh: '请删去重复的，或改正边线。', en: 'Remove the double one, or correct the outline.' },
  },
  'input.shape-tangled': {
    severity: 'red',
    zh: '图形“{name}”看不懂：{why}',
    en: 'The body "{name}" is not understood: {whyEn}',
    hint: { zh: '请在 GIS 软件中修复几何后再用。', en: 'Mend the geometry in a GIS.' },
  },
  'input.shape-mended': {
    severity: 'yellow',
    zh: '图形“{name}”画得有误，已按缠绕规则修正：{why}',
    en: 'The body "{name}" is drawn wrongly and was mended by its winding: {whyEn}',
    hint: { zh: '请核对面积，或改正图形。', en: 'Check the area, or correct the outline.' },
  },
  'input.shape-value': {
    severity: 'red',
    zh: '图形“{name}”的“{column}”不是一个数：{text}。',
    en: '"{column}" of the body "{name}" is not one number: {text}.',
    hint: {
      zh: '请填上数值；同名的几块要么同值，要么分开命名。',
      en: 'Fill it in; parts of one name carry one value, or other names.',
    },
  },
  'input.months-missing': {
    severity: 'red',
    zh: '“{argument}”缺 {months} 月（{where}，共 {places} 处）：一年要十二个月。',
    en: '"{argumentEn}" lacks month {months} ({where}, {places} places in all): a year wants twelve months.',
    hint: {
      zh: '请补上这几个月；确实没有的月份写 0 或长期平均，并说明来源。',
      en: 'Add these months; where a month is truly without, write 0 or a long-term mean and say where it is from.',
    },
  },
  'input.days-few-missing': {
    severity: 'yellow',
    zh: '“{argument}”{period} 缺 {count} 天（从 {first} 起），在允许的 {allowed} 天之内，没有补值。',
    en: '"{argument}" lacks {count} days of {period} (the first {first}), within the {allowed} allowed; nothing was filled in.',
    hint: { zh: '请说明缺测的影响，或补齐。', en: 'Say what the gap means, or fill it in.' },
  },
  'input.days-no-year': {
    severity: 'red',
    zh: '“{argument}”的逐日数据里没有 {year} 年的值；有值的年份：{found}。',
    en: 'The daily values of "{argument}" have none for {year}; there are values for {found}.',
    hint: {
      zh: '请换上含该年的文件，或改正核算年、列名。',
      en: 'Use a file with that year, or correct the year or the column.',
    },
  },
  'input.bad-mark': {
    severity: 'red',
    zh: '“{text}”不是证据标记。',
    en: '"{text}" is not an evidence mark.',
    hint: {
      zh: '请写 已确认（C）、反算（B）、未确认（UNCONFIRMED）或 上报。',
      en: 'Write C, B, UNCONFIRMED or reported.',
    },
  },
  'input.parent-and-children': {
    severity: 'red',
    zh: '“{argument}”既给了上级 {parent}（{given}），又给了全部下级（合计 {sum}），两者不等。',
    en: '"{argument}" is given for {parent} ({given}) and for all its parts (sum {sum}), and they differ.',
    hint: { zh: '请核对后只保留一种。', en: 'Check and keep one of the two.' },
  },
  'input.parent-set-aside': {
    severity: 'yellow',
    zh: '“{argument}”的上级 {parent} 与全部下级之和相等，采用下级的数。',
    en: '"{argument}" of {parent} equals the sum of its parts; the parts are used.',
    hint: { zh: '请确认两者同源。', en: 'Confirm that both have one source.' },
  },
  'input.parent-and-some-children': {
    severity: 'yellow',
    zh: '“{argument}”既给了上级 {parent}（{given}），又给了 {of} 个下级中的 {count} 个，可能重复。',
    en: '"{argument}" is given for {parent} ({given}) and for {count} of its {of} parts; this may count twice.',
    hint: { zh: '请补全下级，或只保留一级。', en: 'Complete the parts or keep one level.' },
  },
  'input.total-differs': {
    severity: 'yellow',
    zh: '“{argument}”的合计行是 {total}，各行之和是 {sum}。',
    en: 'The total line of "{argument}" says {total}; the rows add up to {sum}.',
    hint: {
      zh: '请核对是否漏行、重行或抄错；合计行不作数据。',
      en: 'Look for a missing, repeated or mistyped row; the total line is not used as data.',
    },
  },
  'input.fallback': {
    severity: 'yellow',
    zh: '“{argument}”用的是 {year} 年的替代值（{kind}），已过 {age} 年：{reason}',
    en: '"{argument}" uses a fall-back of {year} ({kind}), {age} years old: {reason}',
    hint: {
      zh: '有当年数时请换上；正式核算须逐项认可。',
      en: 'Replace it when a current value exists; an official account accepts it by name.',
    },
  },
  'input.bad-code': {
    severity: 'red',
    zh: '“{text}”不是像元代码（整数）。',
    en: '"{text}" is no pixel code (a whole number).',
    hint: {
      zh: '请检查代码列：应与栅格图的像元值一致，如 201。',
      en: 'Check the column of codes: it must hold the values of the map, such as 201.',
    },
  },
  // regions and maps
  'region.duplicate': {
    severity: 'red',
    zh: '地区代码 {region} 在地区表里出现两次：{first} 与 {second}。',
    en: 'Region {region} stands twice in the region list: {first} and {second}.',
    hint: { zh: '请删去重复的一行。', en: 'Delete the repeated row.' },
  },
  'region.unknown-parent': {
    severity: 'red',
    zh: '地区 {region} 的上级 {parent} 不在地区表里。',
    en: 'The parent {parent} of region {region} is not in the list.',
    hint: { zh: '请补上级地区或改正代码。', en: 'Add the parent or correct the code.' },
  },
  'region.cycle': {
    severity: 'red',
    zh: '地区上下级成了环：{path}。',
    en: 'The regions form a circle: {path}.',
    hint: { zh: '请改正其中一个上级代码。', en: 'Correct one of the parents.' },
  },
  'region.empty': {
    severity: 'red',
    zh: '地区表这一行没有{what}。',
    en: 'This row of the region list has no {what}.',
    hint: { zh: '请补上或删去这一行。', en: 'Fill it in or delete the row.' },
  },
  'region.outside': {
    severity: 'red',
    zh: '核算地区 {region} 不在地区表里，也不是任何一行的上级。',
    en: 'The region of the account, {region}, is not in the region list and is nobody’s parent.',
    hint: {
      zh: '请改正清单的 region.code 或补全地区表。',
      en: 'Correct region.code of the list or complete the region list.',
    },
  },
  'boundary.no-code': {
    severity: 'red',
    zh: '第 {number} 个图形没有属性“{property}”。',
    en: 'Feature {number} has no property "{property}".',
    hint: { zh: '请改正清单的 boundaries.code。', en: 'Correct boundaries.code in the list.' },
  },
  'boundary.unknown-region': {
    severity: 'yellow',
    zh: '界线里的“{region}”不在地区表里，没有画出。',
    en: 'The boundary "{region}" is not in the region list and is not drawn.',
    hint: { zh: '请核对代码。', en: 'Check the code.' },
  },
})

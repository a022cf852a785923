// Everything that can be wrong with a rule file, a formula or a calculation, each with what to do about it.
// Always holds: a problem of a file names file and line; a problem of a calculation names rule and step.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  // ---- the file as YAML
  'rules.yaml': {
    severity: 'red',
    zh: '文件不是合格的 YAML：{detail}',
    en: 'The file is not well-formed YAML: {detail}',
    hint: { zh: '请检查缩进、冒号后的空格和引号。', en: 'Check indentation, the space after a colon, and quotes.' },
  },
  'rules.duplicate-key': {
    severity: 'red',
    zh: '同一处的键“{key}”写了两次。',
    en: 'The key "{key}" stands twice in one place.',
    hint: { zh: '只留一个。', en: 'Keep one of them.' },
  },
  'rules.yaml-extra': {
    severity: 'red',
    zh: '规则文件不许用锚点、引用和自定义标签（“{token}”）。',
    en: 'Anchors, aliases and tags are refused in rule files ("{token}").',
    hint: { zh: '请把内容直接写出来。', en: 'Write the content out.' },
  },
  'rules.unknown-key': {
    severity: 'red',
    zh: '不认识的键“{key}”。',
    en: 'Unknown key "{key}".',
    hint: {
      zh: '请对照 docs/rules.md 检查拼写；花括号里含逗号的文字要加引号。',
      en: 'Compare the spelling with docs/rules.md; a text with a comma inside braces wants quotes.',
    },
  },
  'rules.missing-key': {
    severity: 'red',
    zh: '缺少“{key}”。',
    en: '"{key}" is missing.',
    hint: { zh: '请按 docs/rules.md 补上。', en: 'Add it as docs/rules.md says.' },
  },
  'rules.wrong-value': {
    severity: 'red',
    zh: '“{key}”的内容不合要求：{detail}',
    en: 'The content of "{key}" will not do: {detail}',
    hint: { zh: '请按 docs/rules.md 改写。', en: 'Rewrite it as docs/rules.md says.' },
  },
  'rules.wrong-number': {
    severity: 'red',
    zh: '“{value}”不是数字。',
    en: '"{value}" is not a number.',
    hint: {
      zh: '请写成 "0.0465" 这样的数字，不要千分位。',
      en: 'Write a number such as "0.0465", without thousands separators.',
    },
  },
  'rules.wrong-name': {
    severity: 'red',
    zh: '“{name}”不能作名称。',
    en: '"{name}" cannot be a name.',
    hint: {
      zh: '名称由汉字、字母、数字和下划线组成，不以数字开头，也不与函数同名。',
      en: 'A name is made of letters, digits and underscores, does not begin with a digit and is not the name of a function.',
    },
  },
  // ---- the head
  'rules.unknown-kind': {
    severity: 'red',
    zh: '不认识的文件种类“{kind}”。',
    en: 'Unknown kind of file "{kind}".',
    hint: {
      zh: 'kind 应为 rule、parameters、prices、classification、indicator-set、instruments、sources、override 之一。',
      en: 'kind is one of rule, parameters, prices, classification, indicator-set, instruments, sources, override.',
    },
  },
  'rules.wrong-id': {
    severity: 'red',
    zh: '“{id}”不能作编号。',
    en: '"{id}" cannot be an id.',
    hint: {
      zh: '编号用小写字母、数字和短横，段间用点，如 gep.r1.water-balance。',
      en: 'Use lower-case letters, digits and hyphens with dots between parts, like gep.r1.water-balance.',
    },
  },
  'rules.file-name': {
    severity: 'red',
    zh: '文件名“{name}”与编号“{id}”的最后一段不一致。',
    en: 'The file name "{name}" is not the last part of the id "{id}".',
    hint: {
      zh: '文件名应为 {want}.yaml；同一编号的后续版本可写作 {want}@2018.yaml。',
      en: 'Name it {want}.yaml; a later version of the same id may be {want}@2018.yaml.',
    },
  },
  'rules.wrong-mark': {
    severity: 'red',
    zh: '证据标记“{value}”不对。',
    en: 'The mark "{value}" is none.',
    hint: { zh: '应为 confirmed、back-solved 或 unconfirmed。', en: 'Use confirmed, back-solved or unconfirmed.' },
  },
  'rules.wrong-date': {
    severity: 'red',
    zh: '施行时间不对：{detail}。',
    en: 'The time in force will not do: {detail}.',
    hint: {
      zh: '日期写成 2010-01-01，截止日不早于起始日。',
      en: 'Write dates as 2010-01-01; the end is not before the start.',
    },
  },
  'rules.wrong-region': {
    severity: 'red',
    zh: '地区代码与所在文件夹不符：{detail}。',
    en: 'The region does not fit the folder: {detail}.',
    hint: {
      zh: 'national 文件夹不写 region；其他文件夹必须写省或县的代码。',
      en: 'Files under national/ carry no region; all others carry the code of the province or county.',
    },
  },
  'rules.unknown-source': {
    severity: 'red',
    zh: '来源“{source}”不在来源登记里。',
    en: 'The source "{source}" is not in the register of sources.',
    hint: { zh: '请先登记到 sources.yaml。', en: 'Enter it in sources.yaml first.' },
  },
  'rules.unknown-instrument': {
    severity: 'red',
    zh: '文件依据“{instrument}”不在文件登记里。',
    en: 'The instrument "{instrument}" is not in the register of instruments.',
    hint: { zh: '请先登记到 instruments.yaml。', en: 'Enter it in instruments.yaml first.' },
  },
  'rules.duplicate-id': {
    severity: 'red',
    zh: '编号“{id}”在同一层、同一地区的施行时间与 {other} 重叠。',
    en: 'The id "{id}" overlaps in force with {other} at the same layer and region.',
    hint: { zh: '请给前一份写上 force.to，或改编号。', en: 'Give the earlier one a force.to, or change the id.' },
  },
  'rules.duplicate-entry': {
    severity: 'red',
    zh: '“{key}”在同一文件里出现两次。',
    en: '"{key}" stands twice in the file.',
    hint: { zh: '只留一个。', en: 'Keep one of them.' },
  },
  // ---- units
  'rules.missing-unit': {
    severity: 'red',
    zh: '“{name}”没有写单位。',
    en: '"{name}" has no unit.',
    hint: { zh: '请写 unit；无量纲写 "1"。', en: 'Give a unit; "1" where there is none.' },
  },
  'rules.unknown-unit': {
    severity: 'red',
    zh: '不认识的计量单位“{value}”。',
    en: 'Unknown unit "{value}".',
    hint: {
      zh: '请写成 km2、万m3、t/(hm2·a)、亿元 这样的单位。',
      en: 'Write a unit such as km2, 万m3, t/(hm2·a), 亿元.',
    },
  },
  'rules.unit-mismatch': {
    severity: 'red',
    zh: '规则 {rule} 的步骤“{step}”单位不相容：“{part}”中 {have} 与 {want} 对不上。',
    en: 'Units do not agree in step "{step}" of rule {rule}: {have} against {want} in "{part}".',
    hint: {
      zh: '请检查公式和各项单位；经验公式可用 plain: true。',
      en: 'Check the formula and the units; an empirical law may use plain: true.',
    },
  },
  'rules.needs-plain-number': {
    severity: 'red',
    zh: '规则 {rule} 的步骤“{step}”：“{part}”要求无量纲的数，得到的是 {have}。',
    en: 'Step "{step}" of rule {rule}: "{part}" needs a number without dimension and got {have}.',
    hint: {
      zh: '请先除以同单位的量，或用 plain: true。',
      en: 'Divide by a quantity of the same unit first, or use plain: true.',
    },
  },
  'rules.root-of-unit': {
    severity: 'red',
    zh: '规则 {rule} 的步骤“{step}”：“{part}”中 {have} 开不尽平方。',
    en: 'Step "{step}" of rule {rule}: {have} has no square root in "{part}".',
    hint: { zh: '请检查公式中的单位。', en: 'Check the units of the formula.' },
  },
  'rules.round-needs-unit': {
    severity: 'red',
    zh: '规则 {rule} 的步骤“{step}”要舍入，却没有确定的单位。',
    en: 'Step "{step}" of rule {rule} is to be rounded but has no declared unit.',
    hint: { zh: '请把它列入 gives，并写明单位。', en: 'List it under gives with its unit.' },
  },
  'rules.unit-differs': {
    severity: 'red',
    zh: '“{id}”的单位 {have} 与另一份文件的 {want} 不能换算。',
    en: 'The unit {have} of "{id}" cannot become {want} of another file.',
    hint: {
      zh: '同一参数在各层、各期应当同量纲。',
      en: 'One parameter has the same dimension in every layer and period.',
    },
  },
  // ---- formulas
  'rules.formula-syntax': {
    severity: 'red',
    zh: '公式“{formula}”第 {column} 个字符处读不懂：{detail}。',
    en: 'The formula "{formula}" cannot be read at character {column}: {detail}.',
    hint: { zh: '请检查括号、逗号和运算符。', en: 'Check brackets, commas and operators.' },
  },
  'rules.formula-sign': {
    severity: 'red',
    zh: '公式“{formula}”第 {column} 个字符处的“{sign}”不属于公式语言。',
    en: '"{sign}" at character {column} of the formula "{formula}" is not part of the formula language.',
    hint: {
      zh: '可用 + - * / < <= > >= == != ( ) 和英文逗号；乘方用 pow，条件用 if。',
      en: 'Use + - * / < <= > >= == != ( ) and the comma; powers are pow, conditions are if.',
    },
  },
  'rules.formula-part': {
    severity: 'red',
    zh: '公式“{formula}”里不许用{what}。',
    en: 'The formula "{formula}" contains {whatEn}, which is refused.',
    hint: {
      zh: '只用数字、名称、四则、比较和所列函数。',
      en: 'Use numbers, names, the four operations, comparisons and the listed functions only.',
    },
  },
  'rules.formula-function': {
    severity: 'red',
    zh: '公式“{formula}”里没有“{name}”这个函数。',
    en: 'There is no function "{name}" (formula "{formula}").',
    hint: {
      zh: '可用 min max clamp if pow exp ln sqrt round lookup sum count。',
      en: 'There are min max clamp if pow exp ln sqrt round lookup sum count.',
    },
  },
  'rules.formula-arity': {
    severity: 'red',
    zh: '公式“{formula}”里“{name}”应有 {want} 个参数，写了 {have} 个。',
    en: '"{name}" takes {want} arguments and got {have} (formula "{formula}").',
    hint: { zh: '请对照 docs/rules.md。', en: 'See docs/rules.md.' },
  },
  'rules.unknown-name': {
    severity: 'red',
    zh: '公式“{formula}”里的“{name}”不是输入、参数、表，也不是前面的步骤。',
    en: '"{name}" in the formula "{formula}" is neither an input, a parameter, a table nor an earlier step.',
    hint: { zh: '请检查名称，或把步骤挪到前面。', en: 'Check the name, or move the step up.' },
  },
  'rules.name-taken': {
    severity: 'red',
    zh: '名称“{name}”用了两次。',
    en: 'The name "{name}" is used twice.',
    hint: {
      zh: '输入、参数、表和步骤的名称各不相同。',
      en: 'Inputs, parameters, tables and steps have different names.',
    },
  },
  'rules.unused': {
    severity: 'red',
    zh: '“{name}”没有用到。',
    en: '"{name}" is not used.',
    hint: { zh: '请从公式里使用它，或删去。', en: 'Use it in a formula, or remove it.' },
  },
  'rules.not-a-step': {
    severity: 'red',
    zh: '{where} 里的“{name}”不是公式的步骤。',
    en: '"{name}" under {where} is not a step of the formula.',
    hint: { zh: '请检查名称。', en: 'Check the name.' },
  },
  'rules.no-example': {
    severity: 'red',
    zh: '规则没有算例。',
    en: 'The rule has no worked example.',
    hint: {
      zh: '请写至少一个 examples，给出输入和应得的结果。',
      en: 'Write at least one example with inputs and what should come out.',
    },
  },
  'rules.example-name': {
    severity: 'red',
    zh: '算例的 {where} 里，“{name}”不是规则的{what}。',
    en: 'In {where} of the example, "{name}" is not {whatEn} of the rule.',
    hint: { zh: '请检查名称。', en: 'Check the name.' },
  },
  'rules.wrong-table': {
    severity: 'red',
    zh: '区间表“{table}”不合要求：{detail}。',
    en: 'The range table "{table}" will not do: {detail}.',
    hint: {
      zh: '界限由小到大，只有最后一档可以不写 below。',
      en: 'Limits ascend, and only the last step may leave out below.',
    },
  },
  // ---- parameters
  'rules.unknown-book': {
    severity: 'red',
    zh: '没有编号为“{id}”的参数文件。',
    en: 'There is no parameter file "{id}".',
    hint: {
      zh: '请检查编号；该文件若有问题，请先改正它。',
      en: 'Check the id; if that file has problems, mend it first.',
    },
  },
  'rules.wrong-key-kind': {
    severity: 'red',
    zh: '参数“{name}”取自“{id}”，取值方式不符：{detail}。',
    en: 'The parameter "{name}" is taken from "{id}" in the wrong way: {detail}.',
    hint: {
      zh: '按键取值的文件须写 by 或 key；只有一个值的文件两者都不写。',
      en: 'A keyed file wants by or key; a file with one value wants neither.',
    },
  },
  'rules.unknown-class': {
    severity: 'yellow',
    zh: '“{key}”不是任何分类里的生态系统类型。',
    en: '"{key}" is not an ecosystem class of any classification.',
    hint: { zh: '请检查拼写。', en: 'Check the spelling.' },
  },
  'rules.override-unexplained': {
    severity: 'red',
    zh: '替换值缺少{what}。',
    en: 'The override has no {whatEn}.',
    hint: {
      zh: '替换国家或省的参数必须写明理由和批准人。',
      en: 'Replacing a national or provincial value needs a reason and an approver.',
    },
  },
  'rules.wrong-set': {
    severity: 'red',
    zh: '“{name}”不在指标清单里。',
    en: '"{name}" is not in the indicator set.',
    hint: { zh: '请先列入 services。', en: 'List it under services first.' },
  },
  'rules.wrong-crosswalk': {
    severity: 'red',
    zh: '对照表 {table} 指向没有的类型“{code}”。',
    en: 'The crosswalk {table} points to the unknown class "{code}".',
    hint: { zh: '请检查代码。', en: 'Check the code.' },
  },
  // ---- choosing
  'rules.not-found': {
    severity: 'red',
    zh: '{date} 没有适用的规则“{id}”（地区 {region}）。',
    en: 'No rule "{id}" is in force on {date} for region {region}.',
    hint: { zh: '请检查编号、日期和地区。', en: 'Check id, date and region.' },
  },
  'rules.no-parameter': {
    severity: 'red',
    zh: '{date} 参数“{id}”没有“{key}”的值（地区 {region}）。',
    en: 'The parameter "{id}" has no value for "{key}" on {date} in region {region}.',
    hint: { zh: '请在参数文件里补上，或换一个键。', en: 'Add it to the parameter file, or use another key.' },
  },
  'rules.missing-parameter-key': {
    severity: 'red',
    zh: '规则 {rule} 的参数“{name}”要按“{by}”取值，没有给出。',
    en: 'The parameter "{name}" of rule {rule} is taken by "{by}", which was not given.',
    hint: { zh: '请给出 {by}。', en: 'Give {by}.' },
  },
  // ---- calculating
  'rules.missing-input': {
    severity: 'red',
    zh: '规则 {rule} 缺少输入“{name}”。',
    en: 'The input "{name}" of rule {rule} is missing.',
    hint: { zh: '请给出这个量。', en: 'Give this quantity.' },
  },
  'rules.unknown-input': {
    severity: 'red',
    zh: '规则 {rule} 没有“{name}”这个{what}。',
    en: 'Rule {rule} has no {whatEn} "{name}".',
    hint: { zh: '请检查名称。', en: 'Check the name.' },
  },
  'rules.wrong-input': {
    severity: 'red',
    zh: '规则 {rule} 的“{name}”应以 {want} 计，给的是 {have}。',
    en: '"{name}" of rule {rule} is counted in {want} but came as {have}.',
    hint: { zh: '请检查单位，例如把 tC 当作 tCO2。', en: 'Check the unit, for example tC taken for tCO2.' },
  },
  'rules.out-of-range': {
    severity: 'yellow',
    zh: '规则 {rule} 的“{name}”为 {have}，超出常见范围 {low} 至 {high} {unit}。',
    en: '"{name}" of rule {rule} is {have}, outside the usual range {low} to {high} {unit}.',
    hint: { zh: '请核对数值和单位；属实请说明理由。', en: 'Check value and unit; if it is true, say why.' },
  },
  'rules.division-by-zero': {
    severity: 'red',
    zh: '规则 {rule} 的步骤“{step}”除以了零：{part}。',
    en: 'Step "{step}" of rule {rule} divides by zero: {part}.',
    hint: { zh: '请检查作除数的量。', en: 'Check the quantity that is divided by.' },
  },
  'rules.outside-domain': {
    severity: 'red',
    zh: '规则 {rule} 的步骤“{step}”：{part} 在 {have} 处没有值。',
    en: 'Step "{step}" of rule {rule}: {part} has no value at {have}.',
    hint: { zh: '请检查输入的量。', en: 'Check the quantities that enter.' },
  },
  'rules.too-large': {
    severity: 'red',
    zh: '规则 {rule} 的步骤“{step}”：{part} 的结果大得无法表示。',
    en: 'Step "{step}" of rule {rule}: the result of {part} is too large.',
    hint: { zh: '请检查输入的量和单位。', en: 'Check the quantities that enter and their units.' },
  },
  'rules.beyond-table': {
    severity: 'red',
    zh: '规则 {rule} 的步骤“{step}”：{have} 超出区间表“{table}”。',
    en: 'Step "{step}" of rule {rule}: {have} lies beyond the range table "{table}".',
    hint: { zh: '请检查这个量，或给表补上最后一档。', en: 'Check the quantity, or add a last step to the table.' },
  },
  'rules.example-fails': {
    severity: 'red',
    zh: '规则 {rule} 的算例不符：“{name}”应为 {want}，算得 {have}。',
    en: 'The worked example of rule {rule} fails: "{name}" should be {want} and came out as {have}.',
    hint: { zh: '请核对公式、参数和算例的数字。', en: 'Check formula, parameters and the figures of the example.' },
  },
})

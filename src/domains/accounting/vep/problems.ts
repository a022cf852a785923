// Everything that can be wrong with a unit, its papers and its numbers. Serves "refuses a term beyond the remaining
// right, and has no default for r, n, β". Always holds: red refuses the unit, yellow is printed beside its value.

import { defineProblems } from '../../../kernel/index.ts'

export const problem = defineProblems({
  'vep.no-list': {
    severity: 'red',
    zh: '文件夹里没有 vep.yaml。',
    en: 'There is no vep.yaml in the folder.',
    hint: {
      zh: '可用 qingshan vep sample 生成一个示范文件夹照着填写。',
      en: 'Make a sample folder with qingshan vep sample and fill it in the same way.',
    },
  },
  'vep.yaml': {
    severity: 'red',
    zh: 'vep.yaml 不是合格的 YAML：{detail}',
    en: 'vep.yaml is not well-formed YAML: {detail}',
    hint: { zh: '请检查缩进、冒号后的空格和引号。', en: 'Check indentation, the space after a colon, and quotes.' },
  },
  'vep.unknown-key': {
    severity: 'red',
    zh: '不认识的键“{key}”。',
    en: 'Unknown key "{key}".',
    hint: { zh: '请检查拼写；不需要的键请删去。', en: 'Check the spelling, or remove the key.' },
  },
  'vep.missing-key': {
    severity: 'red',
    zh: '缺少“{key}”。',
    en: '"{key}" is missing.',
    hint: { zh: '请在 vep.yaml 的这一处补上。', en: 'Add it at this place of vep.yaml.' },
  },
  'vep.wrong-value': {
    severity: 'red',
    zh: '“{key}”的内容不合要求（{wanted}）。',
    en: 'The content of "{key}" will not do ({wanted}).',
    hint: {
      zh: '请照要求改写；日期写成 2026-01-31，百分数写成 "5 %"。',
      en: 'Rewrite it as wanted; dates as 2026-01-31, percentages as "5 %".',
    },
  },
  'vep.id-twice': {
    severity: 'red',
    zh: '单元编号“{unit}”用了两次。',
    en: 'The unit id "{unit}" is used twice.',
    hint: { zh: '每个单元一个编号。', en: 'Give every unit an id of its own.' },
  },
  'vep.dates-reversed': {
    severity: 'red',
    zh: '单元 {unit} 的{what}：{from} 晚于 {to}。',
    en: 'Unit {unit}, {whatEn}: {from} is after {to}.',
    hint: { zh: '请检查起止日期。', en: 'Check the dates.' },
  },
  'vep.file-missing': {
    severity: 'red',
    zh: '单元 {unit} 引用的文件“{file}”（{what}）不在文件夹里。',
    en: 'The file "{file}" ({whatEn}) named by unit {unit} is not in the folder.',
    hint: { zh: '请把文件放进文件夹，或改正文件名。', en: 'Put the file into the folder or mend its name.' },
  },
  'vep.no-boundary': {
    severity: 'red',
    zh: '边界文件 {file} 里没有“{key}”为 {unit} 的多边形。',
    en: 'The boundary file {file} has no polygon whose "{key}" is {unit}.',
    hint: {
      zh: '请检查边界文件的属性；一个单元对应一个多边形。',
      en: 'Check the properties in the boundary file; a unit is one polygon.',
    },
  },
  'vep.many-boundaries': {
    severity: 'red',
    zh: '单元 {unit} 在边界文件里有 {count} 个多边形。',
    en: 'Unit {unit} has {count} polygons in the boundary file.',
    hint: {
      zh: '请分成几个单元，或合并为一个多边形。',
      en: 'Make several units of it, or merge them into one polygon.',
    },
  },
  'vep.no-sheet': {
    severity: 'red',
    zh: '单元 {unit} 需要工作表“{sheet}”，工作簿 {file} 里没有。',
    en: 'Unit {unit} needs the sheet "{sheet}", which the workbook {file} does not have.',
    hint: { zh: '请照示范工作簿补上这张表。', en: 'Add the sheet as in the sample workbook.' },
  },
  'vep.no-column': {
    severity: 'red',
    zh: '工作表“{sheet}”缺少“{column}”列。',
    en: 'The sheet "{sheet}" has no column "{column}".',
    hint: {
      zh: '请照示范工作簿补上列名，金额列请写明单位，如“金额（万元）”。',
      en: 'Add the heading as in the sample workbook; amounts with their unit, like "金额（万元）".',
    },
  },
  'vep.bad-unit': {
    severity: 'red',
    zh: '“{text}”里的单位读不懂，或与“{want}”不能换算。',
    en: 'The unit in "{text}" is not understood or cannot become "{want}".',
    hint: { zh: '请写成 元、万元、t、m3、% 这样的单位。', en: 'Write a unit such as 元, 万元, t, m3, %.' },
  },
  'vep.bad-cell': {
    severity: 'red',
    zh: '这里应为{want}，却是“{text}”。',
    en: 'Wanted here: {wantEn}; the cell says "{text}".',
    hint: { zh: '请在工作簿中改正这个单元格。', en: 'Mend this cell in the workbook.' },
  },
  'vep.unknown-unit-row': {
    severity: 'yellow',
    zh: '工作表“{sheet}”有 {count} 行的单元编号（首个“{unit}”）不在 vep.yaml 里，没有采用。',
    en: '{count} rows of the sheet "{sheet}" name units that are not in vep.yaml (first: "{unit}"); they are not used.',
    hint: { zh: '请检查单元编号。', en: 'Check the unit ids.' },
  },

  'vep.no-school': {
    severity: 'red',
    zh: '单元 {unit} 没有写明核算口径（school）。',
    en: 'Unit {unit} does not name its school.',
    hint: {
      zh: '请写 market-value（市场价值口径）或 project-gep（项目增值口径）；两种口径的结果不可比。',
      en: 'Write market-value or project-gep; results of the two schools do not compare.',
    },
  },
  'vep.school-method': {
    severity: 'yellow',
    zh: '单元 {unit} 的口径是“{school}”，方法却是“{method}”，两者通常不同用。',
    en: 'Unit {unit} names the school "{schoolEn}" with the method "{methodEn}", which do not usually go together.',
    hint: {
      zh: '请确认；市场价值口径通常用收益法、市场法、成本法，项目增值口径用有无对比。',
      en: 'Make sure: the market-value school uses income, market or cost; the change school compares with and without.',
    },
  },
  'vep.no-term': {
    severity: 'red',
    zh: '单元 {unit} 没有写明年限 n。',
    en: 'Unit {unit} does not state its term n.',
    hint: {
      zh: '年限没有默认值：请填写不超过剩余权利年限的整年数。',
      en: 'There is no default: state whole years, not beyond the remaining right.',
    },
  },
  'vep.term-zero': {
    severity: 'red',
    zh: '单元 {unit} 的年限为 0。',
    en: 'The term of unit {unit} is 0.',
    hint: { zh: '年限至少一年。', en: 'A term is at least one year.' },
  },
  'vep.term-beyond-right': {
    severity: 'red',
    zh: '单元 {unit} 的年限 {term} 年到 {end}，超出权利终止日 {right}（自基准日起剩余 {left} 个整年）。',
    en: 'The term of {term} years of unit {unit} runs to {end}, beyond the end of the right on {right} ({left} whole years remain from the valuation date).',
    hint: {
      zh: '请缩短年限，或先办理权利续期并附证明。',
      en: 'Shorten the term, or renew the right first and attach the proof.',
    },
  },
  'vep.right-not-in-force': {
    severity: 'red',
    zh: '单元 {unit} 的权利（{from} 至 {to}）在基准日 {date} 不存在。',
    en: 'The right of unit {unit} ({from} to {to}) is not in force on the valuation date {date}.',
    hint: { zh: '请检查权利起止日和核算基准日。', en: 'Check the dates of the right and the valuation date.' },
  },
  'vep.validity-passed': {
    severity: 'red',
    zh: '单元 {unit} 的结果有效期至 {to}，在 {on} 已过期。',
    en: 'The result of unit {unit} was valid until {to}; on {on} it has lapsed.',
    hint: { zh: '请以新的基准日重新核算。', en: 'Account it anew as of a new valuation date.' },
  },
  'vep.validity-too-early': {
    severity: 'red',
    zh: '单元 {unit} 的有效期自 {from} 起，早于核算基准日 {date}。',
    en: 'The validity of unit {unit} begins on {from}, before the valuation date {date}.',
    hint: { zh: '有效期不早于基准日开始。', en: 'Validity does not begin before the valuation date.' },
  },
  'vep.no-evidence': {
    severity: 'red',
    zh: '单元 {unit} 用{method}，缺少材料：{what}。',
    en: 'Unit {unit} uses the {methodEn} and lacks its evidence: {whatEn}.',
    hint: {
      zh: '请在 evidence 里列出材料文件并放进文件夹。',
      en: 'List the paper under evidence and put the file into the folder.',
    },
  },
  'vep.no-ground': {
    severity: 'red',
    zh: '单元 {unit} 的{what}没有写依据。',
    en: 'Unit {unit} gives no ground for {whatEn}.',
    hint: {
      zh: '请在 ground 里写明取值依据（文件、调查、市场数据）。',
      en: 'Write under ground where the value comes from (document, survey, market data).',
    },
  },
  'vep.no-chosen': {
    severity: 'red',
    zh: '单元 {unit} 没有给出{what}。',
    en: 'Unit {unit} does not state {whatEn}.',
    hint: {
      zh: '本系统不设默认值：请在 vep.yaml 的“{key}”里给出数值和依据。',
      en: 'There is no default: state value and ground under "{key}" in vep.yaml.',
    },
  },
  'vep.contribution-range': {
    severity: 'red',
    zh: '单元 {unit} 的生态贡献率 β = {value} 不在 0 与 1 之间。',
    en: 'The ecological contribution β = {value} of unit {unit} is not between 0 and 1.',
    hint: {
      zh: 'β 是净收益中由生态系统带来的份额；百分数请带 %。',
      en: 'β is the share of net income caused by the ecosystem; write percentages with %.',
    },
  },
  'vep.rate-range': {
    severity: 'red',
    zh: '单元 {unit} 的{what} {value} 不在 {low} 与 {high} 之间。',
    en: '{whatEn} {value} of unit {unit} is not between {low} and {high}.',
    hint: { zh: '请检查是否漏写百分号：5 % 不是 5。', en: 'Check for a missing percent sign: 5 % is not 5.' },
  },
  'vep.years-unlike-term': {
    severity: 'red',
    zh: '单元 {unit} 的收支表应有第 1 至 {term} 年，{what}。',
    en: 'The accounts of unit {unit} should hold years 1 to {term}; {what}.',
    hint: {
      zh: '每一年都要有收入和成本（没有就写 0）；缺的年份不会自动补。',
      en: 'Every year needs revenue and cost (write 0 where there is none); missing years are not filled.',
    },
  },
  'vep.no-actuals': {
    severity: 'yellow',
    zh: '单元 {unit} 的收支表没有一行是实绩，全部是预测。',
    en: 'The accounts of unit {unit} hold forecasts only and no actual year.',
    hint: {
      zh: '请附最近年度账册并在“性质”列标出实绩。',
      en: "Attach the operator's books of recent years and mark them 实绩 in the column 性质.",
    },
  },
  'vep.negative-net': {
    severity: 'yellow',
    zh: '单元 {unit} 有 {count} 年净收益为负（首个是第 {first} 年）。',
    en: 'Unit {unit} has a negative net income in {count} years (first: year {first}).',
    hint: {
      zh: '请核对成本；确为投入期的请在报告中说明。',
      en: 'Check the costs; where it is the time of investment, say so in the report.',
    },
  },
  'vep.few-deals': {
    severity: 'red',
    zh: '单元 {unit} 只有 {count} 宗可比案例，至少要 3 宗。',
    en: 'Unit {unit} has {count} comparable deals; at least three are needed.',
    hint: {
      zh: '请补充同类型、近三年、来源可查的成交案例；案例不足时不要用市场法。',
      en: 'Add deals of the same kind with a source one can check; without them do not use the market method.',
    },
  },
  'vep.deal-source': {
    severity: 'red',
    zh: '单元 {unit} 的案例“{deal}”没有写来源。',
    en: 'The deal "{deal}" of unit {unit} names no source.',
    hint: { zh: '请写明交易公告、合同或平台编号。', en: 'Name the notice, contract or number of the trading place.' },
  },
  'vep.deal-factor': {
    severity: 'yellow',
    zh: '单元 {unit} 的案例“{deal}”{factor}修正系数 {value} 超出 0.7–1.3。',
    en: 'The correction for {factorEn} of the deal "{deal}" of unit {unit} is {value}, outside 0.7–1.3.',
    hint: {
      zh: '修正幅度过大说明案例不够可比，请另选或说明理由。',
      en: 'A large correction means that the deal hardly compares: choose another or give the reason.',
    },
  },
  'vep.no-vouchers': {
    severity: 'red',
    zh: '单元 {unit} 用成本法，却没有成本凭证。',
    en: 'Unit {unit} uses the cost method and has no cost vouchers.',
    hint: {
      zh: '请在“成本凭证”表逐笔填写，并附凭证文件。',
      en: 'Enter every payment in the sheet 成本凭证 and attach the vouchers.',
    },
  },
  'vep.voucher-number': {
    severity: 'red',
    zh: '单元 {unit} 的成本“{item}”没有凭证号。',
    en: 'The cost "{item}" of unit {unit} has no voucher number.',
    hint: { zh: '没有凭证的成本不计入。', en: 'A cost without a voucher does not count.' },
  },
  'vep.voucher-later': {
    severity: 'red',
    zh: '单元 {unit} 的成本“{item}”发生在基准日以后（{year} 年）。',
    en: 'The cost "{item}" of unit {unit} is of {year}, after the valuation date.',
    hint: { zh: '成本法只计已经发生的支出。', en: 'The cost method counts what has been spent.' },
  },
  'vep.no-services': {
    severity: 'red',
    zh: '单元 {unit} 用有无对比，却没有列出服务。',
    en: 'Unit {unit} compares with and without but lists no services.',
    hint: {
      zh: '请在 vep.yaml 的 services 里列出，并填“有无对比”和“单价”表。',
      en: 'List them under services in vep.yaml and fill the sheets 有无对比 and 单价.',
    },
  },
  'vep.service-incomplete': {
    severity: 'red',
    zh: '单元 {unit} 的服务“{service}”缺少{what}。',
    en: 'The service "{service}" of unit {unit} lacks {whatEn}.',
    hint: {
      zh: '请在“有无对比”表为该变量填写有项目和无项目两列，在“单价”表填写价格。',
      en: 'Fill both columns, with and without, in 有无对比, and the price in 单价.',
    },
  },
  'vep.twice': {
    severity: 'red',
    zh: '单元 {unit} 的“{what}”写了两次。',
    en: '"{what}" stands twice for unit {unit}.',
    hint: { zh: '同一服务、同一变量、同一单价只留一行。', en: 'Keep one row for a service, a variable and a price.' },
  },
  'vep.unlisted-service': {
    severity: 'yellow',
    zh: '单元 {unit} 的工作表里有服务“{service}”，vep.yaml 的 services 没有列出，没有采用。',
    en: 'The sheet holds the service "{service}" of unit {unit}, which services in vep.yaml does not list; it is not used.',
    hint: {
      zh: '请列入 services，或删去这些行；名称要一致。',
      en: 'List it under services or remove the rows; the names must agree.',
    },
  },
  'vep.unknown-rule': {
    severity: 'red',
    zh: '单元 {unit} 需要规则“{rule}”，在 {date} 没有这条规则。',
    en: 'Unit {unit} needs the rule "{rule}", which is not in force on {date}.',
    hint: { zh: '请检查规则编号（qingshan rules list）。', en: 'Check the id of the rule (qingshan rules list).' },
  },
  'vep.rule-input': {
    severity: 'red',
    zh: '单元 {unit} 的服务“{service}”按规则 {rule} 要有输入“{input}”，“有无对比”表里没有。',
    en: 'The service "{service}" of unit {unit} needs the input "{input}" of rule {rule}, which 有无对比 does not hold.',
    hint: { zh: '请在“变量”列写规则的输入名。', en: 'Write the names of the inputs of the rule in the column 变量.' },
  },
  'vep.no-change': {
    severity: 'yellow',
    zh: '单元 {unit} 的服务“{service}”有项目反而不大于无项目。',
    en: 'The service "{service}" of unit {unit} is not larger with the project than without.',
    hint: {
      zh: '请核对两列是否填反；确是减少的请说明。',
      en: 'Check that the two columns are not swapped; where it does shrink, say why.',
    },
  },
  'vep.unlike-result': {
    severity: 'red',
    zh: '{file} 不是 VEP 核算结果。',
    en: '{file} is not a result of a VEP account.',
    hint: {
      zh: '请给出 vep-result.json 或存放它的文件夹。',
      en: 'Give a vep-result.json or the folder that holds it.',
    },
  },
  'vep.unknown-code': {
    severity: 'red',
    zh: '结果里没有编码“{code}”。',
    en: 'The result has no figure with the code "{code}".',
    hint: { zh: '请核对编码（O 与 0、I 与 1 视为相同）。', en: 'Check the code (O reads as 0, I and L as 1).' },
  },
  'vep.rule-changed': {
    severity: 'red',
    zh: '结果用的规则 {rule} 不在现有规则库里，无法重新演算。',
    en: 'The rule {rule} on which the result rests is not among the present rules, so it cannot be worked out again.',
    hint: { zh: '请用核算时的规则文件，或重新核算。', en: 'Use the rules of that time, or account anew.' },
  },
})

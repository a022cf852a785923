// Problems a person can meet while an account is computed, kept, opened or compared.

import { defineProblems } from '../../kernel/index.ts'

export const accountProblem = defineProblems({
  'account.unknown-set': {
    severity: 'red',
    zh: '没有名为“{set}”的指标集。',
    en: 'There is no indicator set named "{set}".',
    hint: { zh: '可用的指标集：{known}。', en: 'Known sets: {known}.' },
  },
  'output.cannot-write': {
    severity: 'red',
    zh: '结果写不进“{folder}”（{reason}），什么都没有写出，原有的输出不变。',
    en: 'The results cannot be written to "{folder}" ({reason}); nothing was written, and what stood there before stands.',
    hint: {
      zh: 'ENOSPC、EDQUOT、EFBIG 是没有空间：请腾出空间再运行，已经算好的地图结果不用重算；EACCES、EPERM、EROFS 是没有写的权限，ENOTDIR 是那里有一个不是文件夹的东西：请换一个文件夹。',
      en: 'ENOSPC, EDQUOT, EFBIG: no room; make room and run again, sums of maps are kept. EACCES, EPERM, EROFS: no leave to write; ENOTDIR: something that is no folder stands there; choose another folder.',
    },
  },
  'output.not-ours': {
    severity: 'red',
    zh: '“{folder}”里有 {count} 个不是核算结果的文件（{names}…），写结果会把它们一起替换掉；什么都没有写。',
    en: 'The folder "{folder}" holds {count} files that are no results of an account ({namesEn} …); writing results would replace them too. Nothing was written.',
    hint: {
      zh: '请换一个新的或空的文件夹，或者先把这些文件移走。',
      en: 'Choose a new or an empty folder, or move those files away first.',
    },
  },
  'account.missing': {
    severity: 'yellow',
    zh: '{service}未能核算（{class}；{regions}）：{reason}。',
    en: '{serviceEn} could not be computed ({classEn}; {regionsEn}): {reasonEn}.',
    hint: {
      zh: '补充所缺资料，或在输入清单中说明不适用的理由；缺失不按零计。',
      en: 'Supply what is lacking, or state in the input list why it does not apply; missing is not zero.',
    },
  },
  'account.no-maps': {
    severity: 'red',
    zh: '这份核算没有用地图，不能打开像元。',
    en: 'This account uses no maps; there is no pixel to open.',
    hint: { zh: '请去掉 --at，只给数的编码。', en: 'Leave out --at and give the code of a figure.' },
  },
  'account.no-pixel': {
    severity: 'red',
    zh: '点（{x}，{y}）不在核算范围内的像元上。',
    en: 'The point ({x}, {y}) is on no pixel of the account.',
    hint: {
      zh: '请先写经度再写纬度（度），或写地图坐标（米）；点要落在有生态系统类型的地方。',
      en: 'Give longitude then latitude in degrees, or coordinates of the map in metres, inside the region.',
    },
  },
  'account.unpriced': {
    severity: 'yellow',
    zh: '{service}有实物量而无价值量（{class}；{regions}）：{reason}。',
    en: '{serviceEn} has a quantity but no value ({classEn}; {regionsEn}): {reasonEn}.',
    hint: {
      zh: '在输入清单“价格”中给出价格及其基准和年份。',
      en: 'Give a price with its basis and year in the input list.',
    },
  },
  'account.price-other-year': {
    severity: 'yellow',
    zh: '{price}（{basis}）：{note}。',
    en: '{priceEn} ({basis}): {noteEn}.',
    hint: {
      zh: '补充当年价格或居民消费价格指数；否则须说明理由。',
      en: 'Supply a price of the year or the price index, or give a reason.',
    },
  },
  'account.instrument-lapsed': {
    severity: 'yellow',
    zh: '规则 {rule} 依据的《{instrument}》已于 {to} 停止施行。',
    en: 'Rule {rule} rests on "{instrumentEn}", which lapsed on {to}.',
    hint: {
      zh: '请改用现行文件，或说明沿用的理由。',
      en: 'Use the instrument now in force, or state why the old one still serves.',
    },
  },
  'account.no-such-code': {
    severity: 'red',
    zh: '核算包里没有编码 {code} 的数。',
    en: 'The package holds no figure with the code {code}.',
    hint: {
      zh: '请核对编码（九位，末位为校验位），或换用打印该数的那一个核算包。',
      en: 'Check the code (nine characters, the last is a check), or open the package that the figure was printed from.',
    },
  },
  'package.damaged': {
    severity: 'red',
    zh: '核算包不完整或被改动：{what}。',
    en: 'The package is incomplete or was changed: {what}.',
    hint: { zh: '请向出具单位索取原件。', en: 'Ask the issuer for the original.' },
  },
  'package.not-a-package': {
    severity: 'red',
    zh: '{file} 不是核算包。',
    en: '{file} is not an account package.',
    hint: { zh: '核算包是 account run 生成的 .zip 文件。', en: 'A package is the .zip file written by account run.' },
  },
  'package.differs': {
    severity: 'red',
    zh: '重算结果与核算包不一致：{file} 第 {line} 行。',
    en: 'The re-run differs from the package: {file}, line {line}.',
    hint: { zh: '包内：{have}；重算：{want}。', en: 'In the package: {have}; computed now: {want}.' },
  },
  'package.missing': {
    severity: 'red',
    zh: '找不到核算包 {file}。',
    en: 'The package {file} was not found.',
    hint: {
      zh: '请核对路径；核算包由 account run 写在输出文件夹里。',
      en: 'Check the path; account run writes packages into its output folder.',
    },
  },
  'package.needs-inputs': {
    severity: 'red',
    zh: '这个核算包只含资料的哈希，没有原件。',
    en: 'This package holds hashes of the inputs and not the inputs.',
    hint: { zh: '请用 --inputs 指明原资料所在文件夹。', en: 'Name the folder with the inputs by --inputs.' },
  },
  'list.exists': {
    severity: 'red',
    zh: '文件夹里已有 {file}。',
    en: '{file} is already there.',
    hint: {
      zh: '请先移走或改名，再重新生成；不会覆盖已有清单。',
      en: 'Move or rename it first; a list is never overwritten.',
    },
  },
  'start.port': {
    severity: 'red',
    zh: '端口 {port} 不能使用。',
    en: 'Port {port} cannot be used.',
    hint: {
      zh: '换一个端口：npm start -- --port 0（自动选择）。',
      en: 'Choose another: npm start -- --port 0 picks one.',
    },
  },
  'run.red': {
    severity: 'red',
    zh: '有 {count} 个红色问题，核算没有进行。',
    en: '{count} red problems; the account was not computed.',
    hint: {
      zh: '请逐条改正后重新运行；没有写出任何半成品。',
      en: 'Mend them one by one and run again; nothing half done was written.',
    },
  },
})

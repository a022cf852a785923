// What a person can meet when an audit copy is written or looked over.

import { defineProblems } from '../../kernel/index.ts'

export const supervisionProblem = defineProblems({
  'audit.target-not-empty': {
    severity: 'red',
    zh: '“{folder}”已存在且不是空文件夹。',
    en: '"{folder}" exists and is not an empty folder.',
    hint: { zh: '请换一个新的文件夹名。', en: 'Give the name of a new folder.' },
  },
  'audit.cannot-write': {
    severity: 'red',
    zh: '无法写入“{folder}”（{reason}）。',
    en: 'Cannot write "{folder}" ({reason}).',
    hint: {
      zh: '请检查磁盘空间和权限；没有留下不完整的副本。',
      en: 'Look at space and permissions; no partial copy is left.',
    },
  },
  'audit.period': {
    severity: 'red',
    zh: '期间止 {to} 早于期间起 {from}。',
    en: 'The period ends ({to}) before it begins ({from}).',
    hint: { zh: '请核对起止日期。', en: 'Look at both dates.' },
  },
  'audit.region-unknown': {
    severity: 'red',
    zh: '现行区划中没有代码 {region}。',
    en: 'The regions in force have no code {region}.',
    hint: { zh: '请核对行政区划代码。', en: 'Look at the region code.' },
  },
  'audit.log-behind': {
    severity: 'red',
    zh: '所选行为中有日志第 {leaf} 条，而已公布的日志只有 {size} 条。',
    en: 'The acts chosen reach leaf {leaf}, the published log has {size} entries.',
    hint: {
      zh: '请先公布日志（qingshan log publish），再写审计副本。',
      en: 'Publish the log first (qingshan log publish), then write the copy.',
    },
  },
  'audit.act-not-in-log': {
    severity: 'red',
    zh: '行为 {act}（日志第 {leaf} 条）与已公布的日志不符。',
    en: 'Act {act} (leaf {leaf}) is not what the published log says.',
    hint: {
      zh: '请保留数据并运行 qingshan db check 和 qingshan log fsck；此时不应出具审计副本。',
      en: 'Keep the data and run qingshan db check and qingshan log fsck; no copy should be given out now.',
    },
  },
  'audit.file-changed': {
    severity: 'red',
    zh: '文件“{file}”与清单 MANIFEST.sha256 不符。',
    en: 'The file "{file}" is not what MANIFEST.sha256 says.',
    hint: {
      zh: '请向出具单位重新索取副本，并对照清单的哈希。',
      en: 'Ask the office for the copy again and compare the hash of its manifest.',
    },
  },
  'audit.file-missing': {
    severity: 'red',
    zh: '清单 MANIFEST.sha256 中的文件“{file}”不在副本里。',
    en: 'The file "{file}" of MANIFEST.sha256 is not in the copy.',
    hint: { zh: '请向出具单位重新索取副本。', en: 'Ask the office for the copy again.' },
  },
  'audit.file-extra': {
    severity: 'red',
    zh: '文件“{file}”不在清单 MANIFEST.sha256 中。',
    en: 'The file "{file}" is not in MANIFEST.sha256.',
    hint: { zh: '它不是出具单位写入的，请勿采信。', en: 'The office did not write it; do not rely on it.' },
  },
  'audit.not-a-copy': {
    severity: 'red',
    zh: '“{folder}”不是审计副本：没有可读的 MANIFEST.sha256。',
    en: '"{folder}" is no audit copy: it has no MANIFEST.sha256 that can be read.',
    hint: { zh: '请选择副本的最上层文件夹。', en: 'Choose the uppermost folder of the copy.' },
  },
})

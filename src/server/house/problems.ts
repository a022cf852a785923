// What can be wrong with a data folder.

import { defineProblems } from '../../kernel/index.ts'

export const houseProblem = defineProblems({
  'house.documents': {
    severity: 'red',
    zh: '设置里的附件存放位置（documents）写法不对。',
    en: 'The settings do not say rightly where documents stand (documents).',
    hint: {
      zh: '请用 qingshan file store 设置，不要手改 house.json。',
      en: 'Set it with qingshan file store, not by hand.',
    },
  },
  'house.documents-key': {
    severity: 'red',
    zh: '没有附件存放服务的密钥：环境变量 QINGSHAN_S3_KEY_ID、QINGSHAN_S3_SECRET 没有设置，{file} 也没有或写法不对。',
    en: 'No key for the store of documents: QINGSHAN_S3_KEY_ID and QINGSHAN_S3_SECRET are not set, and {file} is missing or malformed.',
    hint: { zh: '请设置环境变量后再执行。', en: 'Set both and run it again.' },
  },
  'house.not-a-folder': {
    severity: 'red',
    zh: '“{folder}”不是青山的数据文件夹。',
    en: '"{folder}" is no data folder of Qingshan.',
    hint: { zh: '先用 qingshan db init 建立。', en: 'Make one with qingshan db init.' },
  },
  'house.not-empty': {
    severity: 'red',
    zh: '文件夹“{folder}”不是空的。',
    en: 'The folder "{folder}" is not empty.',
    hint: { zh: '请换一个空文件夹。', en: 'Choose an empty one.' },
  },
  'house.settings': {
    severity: 'red',
    zh: '“{file}”不完整或被改坏。',
    en: '"{file}" is incomplete or damaged.',
    hint: { zh: '请从备份恢复该文件。', en: 'Restore that file from a backup.' },
  },
  'house.regions-missing': {
    severity: 'red',
    zh: '数据库记载的区划版本（文件 {hash}）与随附的区划文件不同，无法重建区划表。',
    en: 'The edition of regions the database names (file {hash}) is not the file at hand; its tables cannot be rebuilt.',
    hint: {
      zh: '请把当时的区划文件放回数据文件夹，名为 regions.csv。',
      en: 'Put the file of that edition back into the data folder, as regions.csv.',
    },
  },
  'house.no-regions': {
    severity: 'red',
    zh: '读不到区划文件“{file}”。',
    en: 'The file of regions "{file}" cannot be read.',
    hint: {
      zh: '请核对路径；随附的文件在 regions/regions.csv。',
      en: 'Check the path; the one that comes along is regions/regions.csv.',
    },
  },
  'house.no-act': {
    severity: 'red',
    zh: '没有编号为 {act} 的行为。',
    en: 'There is no act {act}.',
    hint: { zh: '请核对编号。', en: 'Check the id.' },
  },
  'house.not-published': {
    severity: 'red',
    zh: '该行为（日志第 {leaf} 条）尚未发布；已发布 {size} 条。',
    en: 'The act (entry {leaf} of the log) is not published yet; {size} entries are.',
    hint: { zh: '请先发布日志：qingshan log publish。', en: 'Publish the log first: qingshan log publish.' },
  },
  'house.embedded-only': {
    severity: 'red',
    zh: '这项操作只用于内嵌数据库。',
    en: 'This works on the embedded database only.',
    hint: { zh: 'PostgreSQL 请用其自身的工具。', en: 'Use the tools of PostgreSQL.' },
  },
})

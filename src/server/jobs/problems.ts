// What can be wrong with an uploaded folder or a long run.

import { defineProblems } from '../../kernel/index.ts'

export const jobProblem = defineProblems({
  'upload.path': {
    severity: 'red',
    zh: '文件名“{path}”不能用：{why}。',
    en: 'The name "{path}" will not do: {whyEn}.',
    hint: {
      zh: '请用相对路径，不含 ..、盘符和特殊符号，层次不超过 {depth} 层。',
      en: 'Use relative paths without .., drive letters and special signs, no deeper than {depth}.',
    },
  },
  'upload.twice': {
    severity: 'red',
    zh: '“{path}”出现了两次（大小写不同也算相同）。',
    en: '"{path}" stands twice (letter case does not count).',
    hint: { zh: '请改名后重新上传。', en: 'Rename one and upload again.' },
  },
  'upload.too-many': {
    severity: 'red',
    zh: '文件有 {count} 个，超过上限 {most} 个。',
    en: 'There are {count} files, more than {most}.',
    hint: { zh: '请只上传核算要用的文件。', en: 'Upload only what the account needs.' },
  },
  'upload.too-large': {
    severity: 'red',
    zh: '文件共 {mb} MB，超过上限 {mostMb} MB。',
    en: 'The files together have {mb} MB, more than {mostMb} MB.',
    hint: { zh: '请只上传核算要用的文件。', en: 'Upload only what the account needs.' },
  },
  'upload.empty': {
    severity: 'red',
    zh: '一个文件也没有。',
    en: 'There is no file.',
    hint: { zh: '请先选择文件。', en: 'Choose files first.' },
  },
  'upload.not-zip': {
    severity: 'red',
    zh: '上传的不是 ZIP 压缩包。',
    en: 'What was uploaded is no ZIP archive.',
    hint: { zh: '请上传 ZIP，或逐个上传文件。', en: 'Upload a ZIP, or the files one by one.' },
  },
  'run.no-folder': {
    severity: 'red',
    zh: '没有编号为 {id} 的资料文件夹。',
    en: 'There is no folder of data {id}.',
    hint: { zh: '请重新上传。', en: 'Upload it again.' },
  },
  'run.too-many': {
    severity: 'red',
    zh: '正在等待的核算已有 {most} 个。',
    en: '{most} runs are waiting already.',
    hint: { zh: '请等前面的完成，或取消不要的。', en: 'Wait for them, or cancel what is not wanted.' },
  },
  'run.interrupted': {
    severity: 'red',
    zh: '服务器中途停止，这次核算没有完成。',
    en: 'The server stopped meanwhile; this run was not finished.',
    hint: { zh: '请重新开始。', en: 'Start it again.' },
  },
  'run.failed': {
    severity: 'red',
    zh: '核算没有完成。',
    en: 'The run did not come to its end.',
    hint: { zh: '原因见输出；改正资料后重新开始。', en: 'Its output says why; mend the data and start again.' },
  },
  'run.too-long': {
    severity: 'red',
    zh: '核算超过 {minutes} 分钟，已停止。',
    en: 'The run took more than {minutes} minutes and was stopped.',
    hint: { zh: '请减少数据量，或在命令行里运行。', en: 'Give it less data, or run it at the terminal.' },
  },
  'run.cannot-start': {
    severity: 'red',
    zh: '本服务器不能运行核算。',
    en: 'This server cannot run accounts.',
    hint: { zh: '请由管理员检查安装。', en: 'Ask the administrator to look at the installation.' },
  },
})

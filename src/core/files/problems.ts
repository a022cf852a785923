// What can go wrong with stored documents, and what the office does next.

import { defineProblems } from '../../kernel/index.ts'

export const filesProblem = defineProblems({
  'files.empty': {
    severity: 'red',
    zh: '文件是空的。',
    en: 'The file is empty.',
    hint: { zh: '请核对选中的文件后重新上传。', en: 'Check which file you chose and upload it again.' },
  },
  'files.too-large': {
    severity: 'red',
    zh: '文件超过 {limitMb} MB。',
    en: 'The file is larger than {limitMb} MB.',
    hint: { zh: '请压缩或拆分后再上传。', en: 'Make it smaller or split it, then upload again.' },
  },
  'files.kind-too-large': {
    severity: 'red',
    zh: '{kind}文件超过 {limitMb} MB。',
    en: 'A file of this kind ({kindEn}) is larger than {limitMb} MB.',
    hint: { zh: '请降低分辨率、压缩或拆分后再上传。', en: 'Lower its resolution, make it smaller or split it.' },
  },
  'files.photo-kind': {
    severity: 'red',
    zh: '不收 {kind}：里面的位置和个人信息去不掉，也不能长期打开。',
    en: '{kindEn} is not taken: place and person in it cannot be removed, and it may not open in years to come.',
    hint: {
      zh: '请在手机里改用“兼容性最佳”（JPEG）拍摄，或转成 JPEG、PNG 再上传。',
      en: 'Set the phone to "most compatible" (JPEG), or convert it to JPEG or PNG.',
    },
  },
  'files.damaged-picture': {
    severity: 'red',
    zh: '图片不完整，读不下去。',
    en: 'The picture is damaged.',
    hint: { zh: '请重新导出或重新拍摄后上传。', en: 'Export or take it again, then upload it.' },
  },
  'files.pdf-script': {
    severity: 'red',
    zh: 'PDF 里有会自己运行的内容（{what}），不收。',
    en: 'The PDF holds something that runs by itself ({what}); it is not taken.',
    hint: { zh: '请“打印”成新的 PDF，或扫描后上传。', en: 'Print it to a new PDF, or scan it.' },
  },
  'files.pdf-locked': {
    severity: 'red',
    zh: 'PDF 加了密码或权限限制，看不到里面有什么。',
    en: 'The PDF is encrypted; what it holds cannot be seen.',
    hint: {
      zh: '请取消密码和限制后上传，或“打印”成新的 PDF。',
      en: 'Remove password and restrictions, or print it to a new PDF.',
    },
  },
  'files.pdf-damaged': {
    severity: 'red',
    zh: 'PDF 不完整，或里面展开后太大。',
    en: 'The PDF is damaged, or unpacks to too much.',
    hint: { zh: '请重新导出后上传。', en: 'Export it again, then upload it.' },
  },
  'files.svg-active': {
    severity: 'red',
    zh: 'SVG 里有脚本或外部内容（{what}），不收。',
    en: 'The SVG holds script or foreign content ({what}); it is not taken.',
    hint: { zh: '请另存为 PNG 或 PDF 后上传。', en: 'Save it as PNG or PDF and upload that.' },
  },
  'files.name': {
    severity: 'red',
    zh: '文件名“{name}”不能用：含有路径。',
    en: 'The name "{name}" will not do: it holds a path.',
    hint: { zh: '只写文件名，例如“核定书.pdf”。', en: 'Write the name alone, such as "permit.pdf".' },
  },
  'files.not-in-force': {
    severity: 'red',
    zh: '要代替的附件 {id} 不是这个对象的有效附件。',
    en: 'The document {id} to be replaced is not in force for this subject.',
    hint: { zh: '请核对附件编号。', en: 'Check the id of the document.' },
  },
  'files.followed': {
    severity: 'red',
    zh: '附件 {id} 已有更新的版本，不能更正这一版。',
    en: 'Document {id} has a later version; this one cannot be corrected.',
    hint: { zh: '请先更正最新的版本。', en: 'Correct the latest version first.' },
  },
  'files.one-place': {
    severity: 'red',
    zh: '照片的经度和纬度要一起填，经度不超过 180，纬度不超过 90。',
    en: 'Longitude and latitude of a photo belong together, up to 180 and 90 degrees.',
    hint: { zh: '请两项都填，或都不填。', en: 'Fill in both, or neither.' },
  },
  'files.write-failed': {
    severity: 'red',
    zh: '文件没有存下（{reason}）。',
    en: 'The file was not stored ({reason}).',
    hint: {
      zh: '请检查数据文件夹所在磁盘的空间和权限后重新上传；没有留下不完整的文件。',
      en: 'Check room and rights on the disk of the data folder and upload again; no half-written file was left.',
    },
  },
  'files.unreadable': {
    severity: 'red',
    zh: '文件 {file} 读不出来（{reason}）。',
    en: 'File {file} cannot be read ({reason}).',
    hint: { zh: '请检查磁盘；必要时从备份恢复。', en: 'Check the disk; restore from a backup if needed.' },
  },
  'files.missing': {
    severity: 'red',
    zh: '缺少文件 {file}。',
    en: 'File {file} is missing.',
    hint: {
      zh: '请从备份恢复，或请当初上传的人重新上传原件。',
      en: 'Restore it from a backup, or upload the original again.',
    },
  },
  'files.changed': {
    severity: 'red',
    zh: '文件 {file} 的内容与其校验值不符。',
    en: 'The content of file {file} is not what its hash says.',
    hint: {
      zh: '请从备份恢复，或请当初上传的人重新上传原件。',
      en: 'Restore it from a backup, or upload the original again.',
    },
  },
  'files.no-document': {
    severity: 'red',
    zh: '没有编号为 {id} 的附件。',
    en: 'There is no document {id}.',
    hint: { zh: '请从附件清单里选。', en: 'Choose it in the list of documents.' },
  },
  'files.kept-until': {
    severity: 'red',
    zh: '附件 {id} 要保管到 {until}，还没有到期。',
    en: 'Document {id} is kept until {until}: its time is not over.',
    hint: { zh: '到期以后再销毁。', en: 'Dispose of it afterwards.' },
  },
  'files.kept-for-ever': {
    severity: 'red',
    zh: '附件 {id} 是永久保管的，不能销毁。',
    en: 'Document {id} is kept permanently and is not disposed of.',
    hint: {
      zh: '登记错了期限的，换一个新版本并写明期限。',
      en: 'If that is wrong, attach a new version with its time.',
    },
  },
  'files.disposed': {
    severity: 'red',
    zh: '附件 {id} 已经销毁。',
    en: 'Document {id} was disposed of already.',
    hint: { zh: '经过见它的办理历史。', en: 'Its history tells how.' },
  },
  'files.disposed-stands': {
    severity: 'yellow',
    zh: '附件已经销毁，内容 {file} 还没有删掉。',
    en: 'The document was disposed of, and its content {file} still stands.',
    hint: {
      zh: '请检查存放附件的磁盘或存储服务是否可写；重新启动时会再删一次。',
      en: 'Check that the disk or store of documents can be written; a restart tries again.',
    },
  },
  'files.stray': {
    severity: 'yellow',
    zh: '文件夹 {folder} 里有不属于本系统的“{name}”。',
    en: 'Folder {folder} holds "{name}", which is none of ours.',
    hint: { zh: '请移走它。', en: 'Move it away.' },
  },
  'files.not-stored': {
    severity: 'red',
    zh: '没有收到校验值为 {file} 的文件。',
    en: 'No file with the hash {file} was received.',
    hint: { zh: '请先上传文件，再登记。', en: 'Upload the file first, then attach it.' },
  },
})

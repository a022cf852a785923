// What can be wrong with what was typed for the record.

import { defineProblems } from '../../kernel/index.ts'

export const deskProblem = defineProblems({
  'desk.no-role': {
    severity: 'red',
    zh: '该账号还没有任何角色。',
    en: 'The account has no role yet.',
    hint: { zh: '请安全管理员用 grant-role 授权。', en: 'Ask the security officer for a grant.' },
  },
  'desk.which-role': {
    severity: 'red',
    zh: '该账号有多个角色：{roles}。',
    en: 'The account has several roles: {roles}.',
    hint: { zh: '用 --role 说明以哪个角色办理。', en: 'Say in which with --role.' },
  },
  'desk.address': {
    severity: 'red',
    zh: '“{url}”不是网址。',
    en: '"{url}" is no address.',
    hint: { zh: '例如 https://qingshan.example.gov.cn。', en: 'Such as https://qingshan.example.gov.cn.' },
  },
  'desk.no-command': {
    severity: 'red',
    zh: '没有名为“{name}”的业务。',
    en: 'There is no command "{name}".',
    hint: { zh: '执行 qingshan do 查看全部业务。', en: 'See them all with qingshan do.' },
  },
  'desk.no-query': {
    severity: 'red',
    zh: '没有名为“{name}”的查询。',
    en: 'There is no query "{name}".',
    hint: { zh: '执行 qingshan ask 查看全部查询。', en: 'See them all with qingshan ask.' },
  },
  'desk.no-option': {
    severity: 'red',
    zh: '没有字段“{option}”。',
    en: 'There is no field "{option}".',
    hint: { zh: '可填：{options}', en: 'There are: {options}' },
  },
  'desk.no-value': {
    severity: 'red',
    zh: '“{option}”没有值。',
    en: '"{option}" has no value.',
    hint: { zh: '写成 {option} 值。', en: 'Write {option} VALUE.' },
  },
  'desk.not-on-the-line': {
    severity: 'red',
    zh: '“{option}”含个人或保密信息，不能写在命令行里（会留在历史记录中）。',
    en: '"{option}" is personal or secret and must not stand on the command line, which keeps a history.',
    hint: {
      zh: '省略它，按提示输入，或放进 --input 文件。',
      en: 'Leave it out and type it when asked, or use --input.',
    },
  },
  'desk.input-file': {
    severity: 'red',
    zh: '“{file}”不是一个 JSON 对象。',
    en: '"{file}" is no JSON object.',
    hint: { zh: '写成 {"字段": 值}。', en: 'Write {"field": value}.' },
  },
  'desk.id': {
    severity: 'red',
    zh: '“{id}”不是编号。',
    en: '"{id}" is no id.',
    hint: { zh: '编号形如 019e2f6a-7c00-7000-8000-000000000001。', en: 'An id is a UUID.' },
  },
  'desk.nothing-found': {
    severity: 'red',
    zh: '没有编号为 {id} 的{what}，或不在您的范围内。',
    en: 'There is no {whatEn} {id}, or it is outside your reach.',
    hint: { zh: '请核对编号和所用角色。', en: 'Check the id and the role.' },
  },
  'desk.not-confirmed': {
    severity: 'red',
    zh: '没有确认，什么都没有做。',
    en: 'Not confirmed; nothing was done.',
    hint: { zh: '确认请输入 y，或加 --yes。', en: 'Type y, or add --yes.' },
  },
  'desk.twice-different': {
    severity: 'red',
    zh: '两次输入的新密码不一样。',
    en: 'The two new passwords differ.',
    hint: { zh: '请重新执行。', en: 'Run it again.' },
  },
  'desk.person-unknown': {
    severity: 'red',
    zh: '没有登录名“{login}”。',
    en: 'There is no login name "{login}".',
    hint: { zh: '用 qingshan ask people 查看。', en: 'See qingshan ask people.' },
  },
  'desk.backup-meta': {
    severity: 'red',
    zh: '备份“{file}”没有写明所属日志和时区。',
    en: 'The backup "{file}" does not name its log and zone.',
    hint: { zh: '请用 qingshan db backup 生成的备份。', en: 'Use a backup made by qingshan db backup.' },
  },
  'desk.keys-differ': {
    severity: 'red',
    zh: '“{file}”不是这份备份的密钥。',
    en: '"{file}" is not the key of this backup.',
    hint: {
      zh: '请放回原来的 .keys 文件，或移走它以换用新密钥。',
      en: 'Put the right .keys file back, or move it away for a new key.',
    },
  },
  'desk.migrations-unknown': {
    severity: 'red',
    zh: '备份来自更新的版本（{id}），本程序不能恢复。',
    en: 'The backup is of a newer version ({id}); this program cannot restore it.',
    hint: { zh: '请先升级程序。', en: 'Upgrade the program first.' },
  },
  'desk.unreadable': {
    severity: 'red',
    zh: '文件“{file}”读不出来（{reason}）。',
    en: 'The file "{file}" cannot be read ({reason}).',
    hint: { zh: '请核对路径和权限。', en: 'Check the path and who may read it.' },
  },
  'desk.import-place': {
    severity: 'red',
    zh: '没有写明导入到哪个行政区。',
    en: 'The region of the import is missing.',
    hint: { zh: '请加 --place 区划代码。', en: 'Add --place with the code of the region.' },
  },
  'desk.import-pair': {
    severity: 'red',
    zh: '“{word}”应写成 名称=内容。',
    en: '"{word}" should be written name=value.',
    hint: { zh: '例如 --map name=户主姓名。', en: 'For example --map name=户主姓名.' },
  },
  'desk.not-written': {
    severity: 'red',
    zh: '文件“{file}”没有写成（{reason}）。',
    en: 'The file "{file}" was not written ({reason}).',
    hint: { zh: '请检查路径、权限和磁盘空间。', en: 'Check the path, who may write there, and the room on the disk.' },
  },
  'desk.not-on-the-screen': {
    severity: 'red',
    zh: '文件内容不能显示在屏幕上。',
    en: 'The content of a file is not for the screen.',
    hint: { zh: '请写明存到哪个文件。', en: 'Name the file to write it to.' },
  },
  'desk.exists': {
    severity: 'red',
    zh: '文件“{file}”已存在。',
    en: 'The file "{file}" is already there.',
    hint: { zh: '请换一个文件名。', en: 'Choose another name.' },
  },
})

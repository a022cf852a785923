// What can be wrong with a request before anybody looks at what it asks for.

import { defineProblems } from '../../kernel/index.ts'

export const httpProblem = defineProblems({
  'http.unknown-route': {
    severity: 'red',
    zh: '没有这个地址。',
    en: 'There is no such address.',
    hint: { zh: '全部接口见 /docs。', en: 'All addresses are listed at /docs.' },
  },
  'http.not-found': {
    severity: 'red',
    zh: '没有“{what}”，或不在您的范围内。',
    en: 'There is no "{what}", or it is outside your reach.',
    hint: { zh: '请核对编号和所用角色。', en: 'Check the id and the role.' },
  },
  'http.not-json': {
    severity: 'red',
    zh: '请求内容不是合格的 JSON。',
    en: 'The body is not JSON as it should be.',
    hint: { zh: '请核对请求内容的格式。', en: 'Check how the body is written.' },
  },
  'http.body': {
    severity: 'red',
    zh: '请求内容的“{field}”不对：{why}。',
    en: '"{field}" of the body will not do: {why}.',
    hint: { zh: '字段见 /docs。', en: 'Its fields are listed at /docs.' },
  },
  'http.body-too-large': {
    severity: 'red',
    zh: '请求内容超过上限。',
    en: 'The body is larger than is taken here.',
    hint: { zh: '大的内容请作为文件上传。', en: 'Upload what is large as a file.' },
  },
  'http.wrong-content-type': {
    severity: 'red',
    zh: '请求内容的类型不对。',
    en: 'The body is not of the type that is taken here.',
    hint: { zh: '请以 application/json 提交。', en: 'Send it as application/json.' },
  },
  'http.too-many-requests': {
    severity: 'red',
    zh: '请求太多，请在 {seconds} 秒后再试。',
    en: 'Too many requests; try again in {seconds} seconds.',
    hint: { zh: '请放慢，或请管理员调整上限。', en: 'Slow down, or ask the administrator for a higher limit.' },
  },
  'http.no-session': {
    severity: 'red',
    zh: '还没有登录。',
    en: 'Nobody is signed in.',
    hint: { zh: '请先登录。', en: 'Sign in first.' },
  },
  'http.no-provider': {
    severity: 'red',
    zh: '本平台没有设置单位统一身份登录。',
    en: 'This platform has no office identity to sign in with.',
    hint: { zh: '请用密码登录。', en: 'Sign in with your password.' },
  },
  'http.sign-in-not-begun': {
    severity: 'red',
    zh: '这次登录不是从这个浏览器开始的，或者已经用过。',
    en: 'This sign-in was not begun in this browser, or was used already.',
    hint: { zh: '请回到登录页重新开始。', en: 'Go back to the sign-in page and begin again.' },
  },
  'http.no-role': {
    severity: 'red',
    zh: '没有说明以哪个角色办理。',
    en: 'The role in which you act was not said.',
    hint: { zh: '请在请求头 Qingshan-Role 里写明角色。', en: 'Name the role in the header Qingshan-Role.' },
  },
  'http.may-not-bring': {
    severity: 'red',
    zh: '您的角色都不能上传文件或启动核算。',
    en: 'None of your roles may upload files or start an account.',
    hint: {
      zh: '请由能登记附件或登记核算的人上传，或向安全管理员申请授权。',
      en: 'Let somebody upload who may attach documents or register accounts, or ask the security officer for a grant.',
    },
  },
  'http.role-not-held': {
    severity: 'red',
    zh: '您没有角色“{role}”。',
    en: 'You do not hold the role "{role}".',
    hint: {
      zh: '请换一个角色，或向安全管理员申请授权。',
      en: 'Change the role, or ask the security officer for a grant.',
    },
  },
  'http.must-change-password': {
    severity: 'red',
    zh: '须先修改密码。',
    en: 'The password must be changed first.',
    hint: {
      zh: '密码由他人设定或已到期，请先修改。',
      en: 'It was set by somebody else or is too old; change it first.',
    },
  },
  'http.foreign-origin': {
    severity: 'red',
    zh: '请求不是从本站页面发出的。',
    en: 'The request does not come from a page of this site.',
    hint: {
      zh: '程序调用请带请求头 Qingshan-Request: 1 和本站的 Origin。',
      en: 'Programs send the header Qingshan-Request: 1 and the Origin of this site.',
    },
  },
  'http.not-from-outside': {
    severity: 'red',
    zh: '这个地址只能在服务器本机访问。',
    en: 'This address answers on the server itself only.',
    hint: { zh: '请在服务器上用 127.0.0.1 访问。', en: 'Ask it on the server, at 127.0.0.1.' },
  },
  'http.parameter': {
    severity: 'red',
    zh: '参数“{name}”不对：{why}。',
    en: 'The parameter "{name}" will not do: {why}.',
    hint: { zh: '参数说明见 /docs。', en: 'Parameters are described at /docs.' },
  },
  'http.not-ready': {
    severity: 'red',
    zh: '服务器还不能办理，或正在停止。',
    en: 'The server is not ready, or is stopping.',
    hint: { zh: '请稍后用同一编号再试。', en: 'Try again later with the same id.' },
  },
  'http.bug': {
    severity: 'red',
    zh: '程序出错，没有办成。请求编号 {request}。',
    en: 'The program made a mistake; nothing was done. Request {request}.',
    hint: { zh: '请把请求编号告诉管理员。', en: 'Tell the administrator the number of the request.' },
  },
})

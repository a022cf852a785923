// What speaks against issuing, replacing, revoking or printing a certificate, and what the office does next.

import { defineProblems } from '../../kernel/index.ts'

export const certificateProblem = defineProblems({
  'certificate.holder': {
    severity: 'red',
    zh: '持有人要填一个，也只能填一个：单位、主体或姓名。',
    en: 'Exactly one holder is wanted: an organisation, a party, or a name.',
    hint: { zh: '请只填其中一项。', en: 'Fill in one of the three.' },
  },
  'certificate.no-holder': {
    severity: 'red',
    zh: '没有找到持有人 {id}。',
    en: 'The holder {id} was not found.',
    hint: { zh: '请先登记该单位或主体。', en: 'Register the organisation or party first.' },
  },
  'certificate.days': {
    severity: 'red',
    zh: '有效期止 {to} 早于起 {from}。',
    en: 'It is valid until {to}, before it begins on {from}.',
    hint: { zh: '请核对有效期。', en: 'Check the period.' },
  },
  'certificate.same-label': {
    severity: 'red',
    zh: '“{label}”写了两行。',
    en: '"{label}" stands twice.',
    hint: { zh: '同一项只写一行。', en: 'Write each line once.' },
  },
  'certificate.not-found': {
    severity: 'red',
    zh: '没有找到证书 {id}。',
    en: 'Certificate {id} was not found.',
    hint: { zh: '请核对编号。', en: 'Check the id.' },
  },
  'certificate.not-valid': {
    severity: 'red',
    zh: '证书 {number} 已不是有效状态（{state}）。',
    en: 'Certificate {number} is no longer in force ({stateEn}).',
    hint: { zh: '只有有效的证书可以更换或撤销。', en: 'Only one that is in force can be replaced or revoked.' },
  },
  'certificate.followed': {
    severity: 'red',
    zh: '证书 {number} 之后又有办理，不能更正这一件。',
    en: 'Something was done to certificate {number} since; this act cannot be corrected.',
    hint: { zh: '请先更正后来的那一件。', en: 'Correct the later act first.' },
  },
  'certificate.code-taken': {
    severity: 'red',
    zh: '没有可用的核验码。',
    en: 'No free code is left for this certificate.',
    hint: { zh: '请重新提交一次。', en: 'Submit it again.' },
  },
  'certificate.no-glyph': {
    severity: 'red',
    zh: '字体里没有这些字：{signs}。',
    en: 'The font has no glyph for: {signs}.',
    hint: {
      zh: '请与持有人商定可打印的写法后更换证书；不能用方框代替。',
      en: 'Agree with the holder on a form that can be printed and replace the certificate; a box is no name.',
    },
  },
  'certificate.personal-hidden': {
    severity: 'red',
    zh: '您的角色看不到证书上的个人信息，不能打印正本。',
    en: 'Your role does not see the personal data on the certificate and cannot print it.',
    hint: { zh: '请由可以查看个人信息的人打印。', en: 'Have it printed by somebody who may see personal data.' },
  },
  'certificate.print-count': {
    severity: 'red',
    zh: '一次打印 1 到 {most} 份证书。',
    en: 'Between 1 and {most} certificates are printed at once.',
    hint: { zh: '请分几次选择、打印。', en: 'Choose and print them in several goes.' },
  },
})

// What a person can meet when submitting, approving, correcting or asking.

import { defineProblems } from '../../kernel/index.ts'

export const recordProblem = defineProblems({
  'record.unknown-command': {
    severity: 'red',
    zh: '没有“{name}”这项业务。',
    en: 'There is no command "{name}".',
    hint: { zh: '用 qingshan do 查看全部业务。', en: 'See all commands with qingshan do.' },
  },
  'record.unknown-query': {
    severity: 'red',
    zh: '没有“{name}”这项查询。',
    en: 'There is no query "{name}".',
    hint: { zh: '用 qingshan ask 查看全部查询。', en: 'See all queries with qingshan ask.' },
  },
  'record.unknown-version': {
    severity: 'red',
    zh: '“{name}”没有第 {version} 版表单。',
    en: 'Command "{name}" has no version {version}.',
    hint: { zh: '请刷新后重新填写。', en: 'Reload the form and fill it in again.' },
  },
  'record.bad-id': {
    severity: 'red',
    zh: '编号“{id}”不是第 7 版 UUID。',
    en: '"{id}" is not a UUID of version 7.',
    hint: {
      zh: '编号由提交方生成，同一件事重试时用同一编号。',
      en: 'Who submits makes the id and keeps it when trying again.',
    },
  },
  'act.replayed-differently': {
    severity: 'red',
    zh: '编号 {id} 已用于内容不同的另一次提交。',
    en: 'Id {id} was used before for a submission with other content.',
    hint: { zh: '若确要再办一件，请使用新的编号。', en: 'Use a new id if you mean another act.' },
  },
  'record.refused-by-database': {
    severity: 'red',
    zh: '数据库拒绝了这次写入（{constraint}），没有写入任何内容。',
    en: 'The database refused the write ({constraint}); nothing was written.',
    hint: {
      zh: '请刷新后再试；若仍如此，请把这条信息告诉管理员。',
      en: 'Reload and try again; if it stays, tell the administrator.',
    },
  },
  'record.busy': {
    severity: 'red',
    zh: '多次尝试后仍被其他写入占用，没有写入任何内容。',
    en: 'Other writes were in the way at every try; nothing was written.',
    hint: { zh: '请稍后用同一编号重新提交。', en: 'Submit again later with the same id.' },
  },
  'record.clock-not-running': {
    severity: 'red',
    zh: '这个时钟已不在运行：它已到期办理，或已停止、改期。',
    en: 'This clock runs no more: it has fired, or was stopped or moved.',
    hint: { zh: '无需处理。', en: 'Nothing needs to be done.' },
  },
  'record.clock-backwards': {
    severity: 'red',
    zh: '本机时钟 {now} 早于最近一次记录 {last}。',
    en: 'The clock of this machine, {now}, stands before the last record, {last}.',
    hint: {
      zh: '请校正时钟后重新提交；没有写入任何内容。',
      en: 'Set the clock right and submit again; nothing was written.',
    },
  },
  'record.closing': {
    severity: 'red',
    zh: '系统正在停止，没有写入。',
    en: 'The system is stopping; nothing was written.',
    hint: { zh: '请在重新启动后用同一编号提交。', en: 'Submit again with the same id after the restart.' },
  },
  'record.reopen': {
    severity: 'red',
    zh: '数据库在确认写入时失败，结果未知；操作日志已保存这一批。',
    en: 'The database failed while confirming a write; the outcome is unknown, the journal has the batch.',
    hint: {
      zh: '请重新启动：系统会用操作日志补齐；同一编号再次提交不会重复。',
      en: 'Restart: the journal will complete the database; the same id is never booked twice.',
    },
  },
  'record.number-full': {
    severity: 'red',
    zh: '“{kind}”{place} {year} 年的编号已用完。',
    en: 'The numbers of "{kind}" for {place} in {year} are used up.',
    hint: { zh: '请与管理员联系。', en: 'Ask the administrator.' },
  },
  'journal.differs': {
    severity: 'red',
    zh: '操作日志与数据库不一致：第 {n} 条之后的日志根是 {found}，日志记载为 {expected}。',
    en: 'Journal and database differ: after entry {n} the log root is {found}, the journal says {expected}.',
    hint: {
      zh: '请停止使用，保留数据文件夹，从最近的备份加操作日志重建。',
      en: 'Stop, keep the data folder, and rebuild from the last backup and the journal.',
    },
  },
  'journal.behind': {
    severity: 'red',
    zh: '操作日志只到第 {journal} 条，数据库已到第 {database} 条：日志文件缺失。',
    en: 'The journal ends at entry {journal}, the database stands at {database}: journal files are missing.',
    hint: { zh: '请把缺失的日志文件放回 journal 文件夹。', en: 'Put the missing files back into the folder journal.' },
  },
  'approval.no-request': {
    severity: 'red',
    zh: '没有编号为 {id} 的申请。',
    en: 'There is no request {id}.',
    hint: { zh: '请核对编号。', en: 'Check the id.' },
  },
  'approval.not-waiting': {
    severity: 'red',
    zh: '这件申请的状态是“{status}”，不在审批中。',
    en: 'This request is {statusEn}; it is not waiting.',
    hint: { zh: '如需继续，请重新申请。', en: 'Request again if it is still wanted.' },
  },
  'approval.other-role': {
    severity: 'red',
    zh: '这一步应由“{role}”审批。',
    en: 'This step is for the role "{role}".',
    hint: { zh: '请以该角色登录，或交给该角色的人。', en: 'Act in that role, or hand it to somebody who has it.' },
  },
  'approval.same-person': {
    severity: 'red',
    zh: '申请人和各步审批人必须是不同的人。',
    en: 'Requester and approvers must be different people.',
    hint: {
      zh: '请由另一人审批；确无第二人时可用纸质签批。',
      en: 'Let another person approve, or use an approval on paper.',
    },
  },
  'approval.outcome-changed': {
    severity: 'red',
    zh: '自申请以来情况有变，现在的结果与预览不同：{now}。',
    en: 'Things have changed since the request; the outcome now differs from the preview: {now}.',
    hint: {
      zh: '请核对现在的结果；同意的话，带上 outcome={digest} 再次审批。',
      en: 'Look at the outcome as it is now; to accept it, approve again with outcome={digest}.',
    },
  },
  'approval.not-requester': {
    severity: 'red',
    zh: '只有申请人可以撤回或催办。',
    en: 'Only the requester can withdraw it or remind.',
    hint: { zh: '请与申请人联系。', en: 'Ask the requester.' },
  },
  'approval.paper-code': {
    severity: 'red',
    zh: '签批单上的校验码与这件申请不符。',
    en: 'The code on the sheet is not that of this request.',
    hint: {
      zh: '请核对打印的签批单，输入其右上角的校验码。',
      en: 'Look at the printed sheet and type the code in its upper right corner.',
    },
  },
  'approval.no-scan': {
    severity: 'red',
    zh: '没有收到校验值为 {file} 的扫描件。',
    en: 'No scan with the hash {file} was received.',
    hint: {
      zh: '请先用 qingshan file put 上传签批单的扫描件，再录入。',
      en: 'Upload the scan of the signed sheet with qingshan file put, then enter it.',
    },
  },
  'notice.not-found': {
    severity: 'red',
    zh: '没有编号为 {id} 的通知。',
    en: 'There is no notice {id}.',
    hint: { zh: '请核对待办中显示的编号。', en: 'Check the id that the inbox shows.' },
  },
  'notice.not-yours': {
    severity: 'red',
    zh: '这条通知不是给您的，也不是给您现在的角色的。',
    en: 'This notice is neither for you nor for the role you act in.',
    hint: { zh: '请换成待办中有它的角色。', en: 'Act in the role whose inbox shows it.' },
  },
  'notice.closed-already': {
    severity: 'red',
    zh: '这条通知已经办结。',
    en: 'This notice is closed already.',
    hint: { zh: '无需处理。', en: 'Nothing needs to be done.' },
  },
  'draft.not-found': {
    severity: 'red',
    zh: '您没有编号为 {id} 的草稿。',
    en: 'You have no draft {id}.',
    hint: { zh: '用 qingshan drafts 查看本人的草稿。', en: 'See your drafts with qingshan drafts.' },
  },
  'draft.other-command': {
    severity: 'red',
    zh: '草稿 {id} 是另一项业务的。',
    en: 'Draft {id} is one of another command.',
    hint: { zh: '用 qingshan drafts 查看它是哪项业务的。', en: 'See with qingshan drafts which command it is of.' },
  },
  'draft.too-large': {
    severity: 'red',
    zh: '草稿超过 {limitKb} KB。',
    en: 'The draft is larger than {limitKb} KB.',
    hint: { zh: '请直接提交，或把长的内容作为附件。', en: 'Submit it, or attach what is long as a document.' },
  },
  'correct.no-act': {
    severity: 'red',
    zh: '没有编号为 {id} 的行为。',
    en: 'There is no act {id}.',
    hint: { zh: '请核对编号。', en: 'Check the id.' },
  },
  'correct.is-request': {
    severity: 'red',
    zh: '这是一件申请，尚未产生结果，不能更正。',
    en: 'This is a request; it has done nothing that could be corrected.',
    hint: { zh: '请用 withdrawRequest 撤回。', en: 'Withdraw it with withdrawRequest.' },
  },
  'correct.already': {
    severity: 'red',
    zh: '该行为已被更正。',
    en: 'This act has been corrected already.',
    hint: {
      zh: '请查看其历史；需要时对更正本身再作更正。',
      en: 'Look at its history; correct the correction if that is wrong.',
    },
  },
  'correct.not-reversible': {
    severity: 'red',
    zh: '“{title}”写入的内容不能整体冲回。',
    en: 'What "{titleEn}" wrote cannot be taken back as a whole.',
    hint: { zh: '请用该业务自己的变更办理。', en: 'Use the command that changes it.' },
  },
})

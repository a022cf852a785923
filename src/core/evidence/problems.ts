// Every problem the public log, its witnesses and its verifier can meet, each with what to do next. Red everywhere: what
// does not verify is not used.

import { defineProblems } from '../../kernel/index.ts'

const askOperator = {
  zh: '请向出具单位索取原件，并请其说明；不要采信这份材料。',
  en: 'Ask the office that issued it for the original and for an explanation; do not rely on this copy.',
}
const restore = {
  zh: '请从备份恢复日志文件夹，或重新发布，然后运行 `qingshan log fsck`。',
  en: 'Restore the log folder from a backup or publish it anew, then run `qingshan log fsck`.',
}
const keyLine = {
  zh: '请整行复制密钥（“名称+编号+内容”），不要换行或改动。',
  en: 'Copy the key as one whole line ("name+id+content"), without breaks or changes.',
}
const checkWitness = {
  zh: '请检查见证方的地址和配置后重试；在此之前检查点只有本机构的签名。',
  en: 'Check the address and the settings of the witness and try again; until then the checkpoint has our own signature only.',
}

export const problem = defineProblems({
  'log.frontier-broken': {
    severity: 'red',
    zh: '日志头的记录（{bytes} 字节）不完整或被改动。',
    en: 'The stored head of the log ({bytes} bytes) is incomplete or was changed.',
    hint: restore,
  },
  'log.tile-size': {
    severity: 'red',
    zh: '日志文件“{path}”有 {bytes} 字节，应有 {expected} 字节。',
    en: 'The log file "{path}" has {bytes} bytes and should have {expected}.',
    hint: restore,
  },
  'log.tile-missing': {
    severity: 'red',
    zh: '缺少日志文件“{path}”。',
    en: 'The log file "{path}" is missing.',
    hint: restore,
  },
  'log.bundle-broken': {
    severity: 'red',
    zh: '条目文件“{path}”从第 {at} 字节（日志第 {entry} 条）起读不下去。',
    en: 'The entry file "{path}" cannot be read from byte {at} (entry {entry} of the log).',
    hint: restore,
  },
  'log.entry-long': {
    severity: 'red',
    zh: '日志第 {index} 条有 {bytes} 字节，最多 {most} 字节。',
    en: 'Entry {index} of the log has {bytes} bytes; {most} is the most.',
    hint: { zh: '日志只收摘要，请提交摘要。', en: 'The log takes digests; give it the digest.' },
  },
  'log.entries-short': {
    severity: 'red',
    zh: '应发布到 {to} 条，只读到 {size} 条。',
    en: 'The log should be published up to {to} entries; only {size} could be read.',
    hint: { zh: '请检查数据库是否完整，然后重新发布。', en: 'Check that the database is whole, then publish again.' },
  },
  'log.tiles-not-of-checkpoint': {
    severity: 'red',
    zh: '日志文件夹里 {size} 条的文件与已发布的检查点不符，没有写入任何内容。',
    en: 'The files of {size} entries in the log folder do not lead to the published checkpoint; nothing was written.',
    hint: restore,
  },
  'log.tile-changed': {
    severity: 'red',
    zh: '日志文件“{path}”第 {byte} 字节起与检查点不符（涉及日志第 {from} 至 {to} 条）。',
    en: 'The log file "{path}" does not fit the checkpoint from byte {byte} (entries {from} to {to} of the log).',
    hint: restore,
  },
  'log.entry-changed': {
    severity: 'red',
    zh: '日志第 {index} 条与检查点不符（文件“{path}”第 {byte} 字节起）。',
    en: 'Entry {index} of the log does not fit the checkpoint (file "{path}" from byte {byte}).',
    hint: restore,
  },
  'log.act-changed': {
    severity: 'red',
    zh: '第 {index} 号行为的内容或盐值与日志不符。',
    en: 'The text or the salt of act {index} does not fit the log.',
    hint: {
      zh: '请从备份恢复这一行为；公开日志记录的是原来的内容。',
      en: 'Restore this act from a backup; the public log holds the original.',
    },
  },
  'log.act-missing': {
    severity: 'red',
    zh: '行为应有 {size} 个，第 {index} 号缺失或次序不对。',
    en: 'There should be {size} acts; number {index} is missing or out of order.',
    hint: { zh: '请从备份恢复缺失的行为。', en: 'Restore the missing act from a backup.' },
  },
  'log.history-rewritten': {
    severity: 'red',
    zh: '{size} 条记录彼此一致，却算不出检查点签过的根哈希：历史被整体改写，或检查点不属于这份日志。',
    en: 'The {size} entries agree with each other but do not lead to the signed root: history was rewritten, or the checkpoint is of another log.',
    hint: {
      zh: '请与见证方或此前保存的检查点核对，并从备份恢复。',
      en: 'Compare with a witness or an earlier checkpoint, and restore from a backup.',
    },
  },
  'log.parts-disagree': {
    severity: 'red',
    zh: '“{lower}”与“{upper}”不符（日志第 {from} 至 {to} 条），两者都算不出检查点。',
    en: '"{lower}" and "{upper}" disagree (entries {from} to {to} of the log), and neither leads to the checkpoint.',
    hint: restore,
  },
  'log.note-broken': {
    severity: 'red',
    zh: '签名文书不合格式：{why}。',
    en: 'This is no signed note: {whyEn}.',
    hint: askOperator,
  },
  'log.checkpoint-broken': {
    severity: 'red',
    zh: '检查点不合格式：{why}。',
    en: 'This is no checkpoint: {whyEn}.',
    hint: askOperator,
  },
  'log.signature-wrong': {
    severity: 'red',
    zh: '“{name}”的签名与正文不符。',
    en: 'The signature of "{name}" does not fit the text.',
    hint: askOperator,
  },
  'log.signature-missing': {
    severity: 'red',
    zh: '检查点“{origin}”没有所信任的日志密钥的签名。',
    en: 'No trusted log key has signed the checkpoint of "{origin}".',
    hint: {
      zh: '请核对日志名称与公开密钥是否配对；仍不符就不要采信。',
      en: 'Check that the name of the log and the public key belong together; if they do, do not rely on it.',
    },
  },
  'log.key-name': {
    severity: 'red',
    zh: '“{name}”不能作密钥名称：不能为空，不能含空格或加号。',
    en: '"{name}" cannot name a key: it may not be empty nor hold a space or a plus sign.',
    hint: { zh: '请用类似 example.cn/qingshan/hunan 的名称。', en: 'Use a name like example.cn/qingshan/hunan.' },
  },
  'log.key-broken': {
    severity: 'red',
    zh: '密钥写法不对，或编号与内容不符。',
    en: 'The key is malformed, or its id does not fit its content.',
    hint: keyLine,
  },
  'log.key-secret': {
    severity: 'red',
    zh: '这里要公开密钥，给出的却是私密密钥。',
    en: 'A public key is wanted here; this is a secret one.',
    hint: {
      zh: '请给出不以 PRIVATE+KEY 开头的那一行；若私密密钥已外传，请更换。',
      en: 'Give the line that does not begin with PRIVATE+KEY; if the secret key has left the office, replace it.',
    },
  },
  'log.key-not-secret': {
    severity: 'red',
    zh: '签名要用私密密钥，给出的却是公开密钥。',
    en: 'Signing needs the secret key; this is the public one.',
    hint: { zh: '请给出以 PRIVATE+KEY 开头的那一行。', en: 'Give the line that begins with PRIVATE+KEY.' },
  },
  'log.key-unknown-type': {
    severity: 'red',
    zh: '密钥“{name}”的类型（{type}）在这里不能用。',
    en: 'The type ({type}) of the key "{name}" cannot be used here.',
    hint: {
      zh: '日志用 Ed25519 密钥（可另加 SM2），见证方用联署密钥。',
      en: 'A log has an Ed25519 key (and an SM2 key if wanted), a witness a cosigning key.',
    },
  },
  'log.witness-key': {
    severity: 'red',
    zh: '密钥“{name}”不是联署密钥，见证方不能用它。',
    en: 'The key "{name}" is no cosigning key; a witness cannot use it.',
    hint: { zh: '请为见证方另外生成联署密钥。', en: 'Make a cosigning key for the witness.' },
  },
  'log.tree-differs': {
    severity: 'red',
    zh: '要发布的 {size} 条算出的根哈希与台账里的日志头不同，检查点没有签名，也没有更换。',
    en: 'The {size} entries to publish do not give the root of the log head in the record; no checkpoint was signed or replaced.',
    hint: {
      zh: '请检查数据库是否完整（`qingshan db check`）；不要删除已发布的文件。',
      en: 'Check that the database is whole (`qingshan db check`); do not delete published files.',
    },
  },
  'log.publish-older': {
    severity: 'red',
    zh: '已发布 {published} 条，台账里只有 {size} 条：台账比公开日志旧。',
    en: '{published} entries are published and the record has {size} only: the record is older than the public log.',
    hint: {
      zh: '数据库可能由旧备份恢复。请用操作日志补齐后再发布。',
      en: 'The database may have been restored from an old backup. Replay the act journal, then publish.',
    },
  },
  'log.witness-state-broken': {
    severity: 'red',
    zh: '见证方的记录文件“{file}”读不出来，不能在不知道以前签过什么的情况下继续签名。',
    en: 'The record of the witness "{file}" cannot be read; it may not sign without knowing what it has signed.',
    hint: {
      zh: '请从备份恢复这个文件；不要删除后重建。',
      en: 'Restore this file from a backup; do not delete it to start anew.',
    },
  },
  'log.witness-runs-already': {
    severity: 'red',
    zh: '已有一个见证进程（{pid}）在使用“{file}”。',
    en: 'Another witness process ({pid}) uses "{file}".',
    hint: { zh: '请先停止那个进程，或换一个记录文件。', en: 'Stop that process first or choose another record file.' },
  },
  'log.witness-unreachable': {
    severity: 'red',
    zh: '联系不上见证方“{name}”：{why}。',
    en: 'The witness "{name}" cannot be reached: {why}.',
    hint: checkWitness,
  },
  'log.witness-refused': {
    severity: 'red',
    zh: '见证方“{name}”没有签名（{status}）：{why}。',
    en: 'The witness "{name}" did not sign ({status}): {why}.',
    hint: checkWitness,
  },
  'log.witness-saw-another': {
    severity: 'red',
    zh: '见证方“{name}”已为 {size} 条签过名，与本日志不是同一段历史。',
    en: 'The witness "{name}" has cosigned {size} entries of another history than this log.',
    hint: {
      zh: '日志可能被改写或从旧备份恢复。请停止发布，用检查点和备份查明原因。',
      en: 'The log may have been rewritten or restored from an old backup. Stop publishing and find the cause with checkpoints and backups.',
    },
  },
  'log.witness-answer-wrong': {
    severity: 'red',
    zh: '见证方“{name}”的答复里没有能核实的签名。',
    en: 'The answer of the witness "{name}" holds no signature that verifies.',
    hint: checkWitness,
  },
  'evidence.proof-broken': {
    severity: 'red',
    zh: '这不是一份凭证：{why}。',
    en: 'This is no proof: {whyEn}.',
    hint: { zh: '请选择由青山出具的凭证文件（.json）。', en: 'Choose a proof file (.json) made by Qingshan.' },
  },
})

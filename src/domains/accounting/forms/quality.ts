// Form G10: every finding with its place and reason, what the account is fit for and why not, and room for signatures.

import { placeText, text } from '../../../kernel/index.ts'
import { USES } from '../fitness.ts'
import { form, words, type Form, type FormContext, type FormRow } from './layout.ts'

export function formG10(ctx: FormContext): Form {
  const { account, lang } = ctx
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en)
  const findings = account.findings.map((f): FormRow => [
    words(f.check ?? f.code),
    {
      value: f.severity === 'red' ? say('红', 'red') : say('黄', 'yellow'),
      style: f.severity === 'red' || !f.explained ? 'warning' : 'text',
    },
    words(f[lang]),
    words(placeText(f.at)),
    {
      ...words(f.figure === undefined ? undefined : (ctx.figures.get(f.figure)?.title[lang] ?? '')),
      ...codeOf(ctx, f.figure),
    },
    words(f.hint[lang]),
    words(f.explained?.reason),
    words(f.explained?.by),
  ])
  const none: FormRow = [words('QA-01…QA-16'), words('—'), words(say('没有问题', 'no findings'))]
  const fitness = account.fitness.map((x): FormRow => [
    words(say('适用性', 'Fitness')),
    words(x.fit ? say('适用', 'fit') : say('不适用', 'not fit')),
    words(`${USES[x.use][lang]}${say('：', ': ')}${x.why.map((w) => w[lang]).join(say('；', '; '))}`),
  ])
  const sign = [
    [say('填报人', 'Filled by'), account.head.prepared?.filledBy],
    [say('核算人', 'Computed by'), account.head.prepared?.computedBy],
    [say('审核人', 'Reviewed by'), account.head.prepared?.reviewedBy],
  ].map(([who, name]): FormRow => [
    words(who),
    undefined,
    words(
      `${name ?? ''}　${say('签字：____________　日期：____________（盖章）', 'Signature: ____________  Date: ____________ (stamp)')}`,
    ),
  ])
  return form(
    {
      id: 'G10',
      name: text('G10 质量', 'G10 Quality'),
      title: text('G10 质量检查与签审表', 'G10 Quality: checks, fitness, sign-off'),
      columns: [
        { title: text('检查', 'Check'), width: 12 },
        { title: text('级别', 'Level'), width: 8 },
        { title: text('内容', 'Content'), width: 40 },
        { title: text('位置', 'Place'), width: 28 },
        { title: text('数字', 'Figure'), width: 24, coded: true },
        { title: text('处理', 'What to do'), width: 30 },
        { title: text('说明', 'Reason given'), width: 30 },
        { title: text('说明人', 'By'), width: 10 },
      ],
      rows: [...(findings.length === 0 ? [none] : findings), ...fitness, ...sign],
      source: text('QA-01 至 QA-16', 'QA-01 to QA-16'),
    },
    ctx,
  )
}

const codeOf = (ctx: FormContext, key: string | undefined): { readonly code?: string } => {
  const code = key === undefined ? undefined : ctx.figures.get(key)?.code
  return code === undefined ? {} : { code }
}

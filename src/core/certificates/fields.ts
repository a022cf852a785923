// Fields that the forms and answers of certificates are made of.

import { field, text, type Field } from '../../kernel/index.ts'
import { CERTIFICATE_KINDS } from './model.ts'

/** More do not fit one page. */
const LINES_MOST = 30
const LABEL_MOST = 30
const VALUE_MOST = 120

const label = field.text({ title: text('项目', 'label'), grade: 'public', max: LABEL_MOST, example: '面积' })

export const certificateId = field.id({
  title: text('证书', 'certificate'),
  grade: 'public',
  example: '019e2f6a-7c00-7000-8000-000000000001',
})
export const kind = field.choice({
  title: text('种类', 'kind'),
  grade: 'public',
  choices: CERTIFICATE_KINDS.map(({ value, title }) => ({ value, title })),
  example: 'certificate',
})
export const place = field.region({ title: text('行政区', 'place'), grade: 'public', example: '430725' })
export const titleZh = field.text({
  title: text('证书名称', 'title in Chinese'),
  grade: 'public',
  max: 40,
  example: '林权流转证书',
})
export const titleEn = field.optional(
  field.text({ title: text('英文名称', 'title'), grade: 'public', max: 80, example: 'Certificate of forest lease' }),
)
export const holderOrganisation = field.optional(
  field.organisation({
    title: text('持有单位', 'holder: an organisation'),
    hint: text('单位、主体、姓名填一项', 'one of organisation, party, name'),
    grade: 'public',
    example: '0190a5b4-0000-7000-8000-0000000000f1',
  }),
)
export const holderParty = field.optional(
  field.id({
    title: text('持有主体', 'holder: a party'),
    hint: text('已登记的农户、个人、组织', 'a registered household, person or body'),
    grade: 'public',
    example: '019e2f6a-7c00-7000-8000-000000000002',
  }),
)
export const holderName = field.optional(
  field.text({
    title: text('持有人姓名', 'holder: a name'),
    hint: text('没有登记为主体的个人', 'a person who is not registered as a party'),
    grade: 'personal',
    max: 60,
    example: '张三',
  }),
)
export const about = field.optional(
  field.code({
    title: text('对象', 'what it is about'),
    grade: 'public',
    pattern: /^[a-z][a-z-]{0,40}:\S{1,100}$/,
    expects: text('类别和编号，例如 unit:019e…', 'kind and id such as unit:019e…'),
    example: 'unit:019e2f6a-7c00-7000-8000-000000000003',
  }),
)
export const issuer = field.text({
  title: text('发证单位', 'issued by'),
  grade: 'public',
  max: 60,
  example: '桃源县林业局',
})
export const basis = field.optional(
  field.text({ title: text('依据', 'basis'), grade: 'public', max: 120, example: '桃林〔2026〕12 号' }),
)
export const lines = field.list(
  field.group(
    {
      label,
      value: field.text({ title: text('内容', 'value'), grade: 'public', max: VALUE_MOST, example: '12.5 亩' }),
    },
    { title: text('一行', 'one line') },
  ),
  {
    title: text('内容', 'content'),
    hint: text('查验时人人可见', 'everybody who checks it sees these'),
    min: 1,
    max: LINES_MOST,
  },
)
export const personalLines = field.optional(
  field.list(
    field.group(
      {
        label,
        value: field.text({
          title: text('内容', 'value'),
          grade: 'personal',
          max: VALUE_MOST,
          example: '430725********0012',
        }),
      },
      { title: text('一行', 'one line') },
    ),
    {
      title: text('个人信息', 'personal data'),
      hint: text('印在证上，查验时不显示', 'printed, and not shown to who checks it'),
      max: LINES_MOST,
    },
  ),
)
export const issuedOn = field.civilDate({
  title: text('发证日期', 'issued on'),
  grade: 'public',
  example: '2026-03-02',
})
export const validFrom = field.optional(
  field.civilDate({
    title: text('有效期起', 'valid from'),
    hint: text('不填为发证日期', 'left out: the day of issue'),
    grade: 'public',
    example: '2026-03-02',
  }),
)
export const validTo = field.optional(
  field.civilDate({
    title: text('有效期止', 'valid to'),
    hint: text('不填为长期', 'left out: without end'),
    grade: 'public',
    example: '2036-03-01',
  }),
)
export const reason = field.text({
  title: text('原因', 'reason'),
  hint: text('查验时人人可见，不要写个人信息', 'everybody who checks it sees it; no personal data'),
  grade: 'public',
  max: 200,
  example: '面积复核后更正',
})

export const shown = (zh: string, en: string, example = '—'): Field<string, string, true> =>
  field.longText({ title: text(zh, en), grade: 'public', example })

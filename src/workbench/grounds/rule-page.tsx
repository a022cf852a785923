// One rule: its formula in words and symbols, what each name means, where its parameters come from, its clause and days, and its
// worked examples step by step. A rule may stand in the book several times, for other regions or other days.

import { useParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { Pairs, type Pair } from '../table/pairs.tsx'
import { useRows } from '../table/use-rows.ts'
import { LAYERS, MARKS } from './words.ts'

interface Named extends Text {
  readonly role: 'input' | 'parameter' | 'output'
  readonly name: string
  readonly symbol?: string
  readonly unit?: string
}
interface Parameter {
  readonly name: string
  readonly parameter?: string
  readonly key?: string
  readonly by?: string
  readonly value?: string
  readonly mark?: string
}
interface WorkedExample {
  readonly given: string
  readonly steps: readonly {
    readonly name: string
    readonly formula: string
    readonly filled: string
    readonly value: string
  }[]
  readonly gives: string
  readonly cite?: string
}
interface RuleShown extends Text {
  readonly id: string
  readonly version: string
  readonly formula: string
  readonly symbols?: string
  readonly clause?: string
  readonly instrument?: string
  readonly from: string
  readonly to?: string
  readonly layer: string
  readonly region?: string
  readonly mark: string
  readonly source: string
  readonly file: string
  readonly noteZh?: string
  readonly noteEn?: string
  readonly rounding?: string
  readonly names: readonly Named[]
  readonly parameters: readonly Parameter[]
  readonly examples: readonly WorkedExample[]
}

const TITLE: Text = { zh: '规则', en: 'Rule' }
const ROLES: Readonly<Record<Named['role'], Text>> = {
  input: { zh: '输入', en: 'input' },
  parameter: { zh: '参数', en: 'parameter' },
  output: { zh: '结果', en: 'output' },
}

export function RulePage() {
  const { id } = useParams<{ id: string }>()
  const asked = useRows('rule', { input: { rule: id } })
  if (asked.isPending) return <Waiting />
  const rules = (asked.data?.rows ?? []) as unknown as readonly RuleShown[]
  const [first] = rules
  return (
    <Page title={first ?? TITLE}>
      {asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : first === undefined ? (
        <Nothing what={{ zh: `规则书里没有“${id}”。`, en: `The book has no rule "${id}".` }} />
      ) : (
        rules.map((r) => <OneRule key={r.version} rule={r} />)
      )}
    </Page>
  )
}

function OneRule({ rule: r }: { readonly rule: RuleShown }) {
  const { t } = useLanguage()
  const note = r.noteZh === undefined ? undefined : t({ zh: r.noteZh, en: r.noteEn ?? r.noteZh })
  const words = (title: Text, value: string | undefined): readonly Pair[] =>
    value === undefined ? [] : [[title, value]]
  return (
    <>
      <Part title={{ zh: '公式', en: 'Formula' }}>
        <pre className="pre">{r.formula}</pre>
        {r.symbols !== undefined && <pre className="pre">{r.symbols}</pre>}
        {note !== undefined && <p>{note}</p>}
      </Part>
      <Part title={{ zh: '依据', en: 'Ground' }}>
        <Pairs
          pairs={[
            ...words({ zh: '条款', en: 'Clause' }, r.clause),
            ...words({ zh: '文件', en: 'Instrument' }, r.instrument),
            [{ zh: '施行', en: 'In force' }, `${r.from} – ${r.to ?? '…'}`],
            [{ zh: '层级', en: 'Layer' }, [t(LAYERS[r.layer] ?? TITLE), r.region].filter(Boolean).join(' ')],
            [{ zh: '证据等级', en: 'Evidence' }, t(MARKS[r.mark] ?? TITLE)],
            [{ zh: '出处', en: 'Source' }, r.source],
            ...words({ zh: '舍入', en: 'Rounding' }, r.rounding),
            [{ zh: '版本', en: 'Version' }, `${r.id}@${r.version} · ${r.file}`],
          ]}
        />
      </Part>
      <Names rule={r} />
      <Part title={{ zh: '算例', en: 'Worked examples' }}>
        {r.examples.map((e, i) => (
          <ExampleShown key={i} example={e} />
        ))}
      </Part>
    </>
  )
}

/** Inputs, parameters with where they come from, results. */
function Names({ rule: { names, parameters } }: { readonly rule: RuleShown }) {
  const { t } = useLanguage()
  const heads: readonly Text[] = [
    { zh: '名称', en: 'Name' },
    { zh: '符号', en: 'Symbol' },
    { zh: '单位', en: 'Unit' },
    { zh: '含义', en: 'Meaning' },
    { zh: '从哪里来', en: 'Whence' },
  ]
  return (
    <Part title={{ zh: '名称与参数', en: 'Names and parameters' }}>
      <table className="rows-table wrap-heads">
        <thead>
          <tr>
            {heads.map((h) => (
              <th key={h.en} scope="col">
                {t(h)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((n) => {
            const p = parameters.find((x) => x.name === n.name)
            return (
              <tr key={n.name}>
                <th scope="row">{n.name}</th>
                <td>{n.symbol}</td>
                <td>{n.unit}</td>
                <td>{t(n)}</td>
                <td>{n.role === 'parameter' && p ? <Whence parameter={p} /> : t(ROLES[n.role])}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Part>
  )
}

function Whence({ parameter: p }: { readonly parameter: Parameter }) {
  const { t } = useLanguage()
  if (p.value !== undefined)
    return (
      <>
        {p.value}
        {p.mark !== undefined && ` · ${t(MARKS[p.mark] ?? TITLE)}`}
      </>
    )
  return (
    <>
      <code className="code">{p.parameter}</code>
      {p.key !== undefined && ` ${p.key}`}
      {p.by !== undefined && t({ zh: `，按 ${p.by} 取`, en: `, by ${p.by}` })}
    </>
  )
}

function ExampleShown({ example: e }: { readonly example: WorkedExample }) {
  const { t } = useLanguage()
  return (
    <div className="worked">
      <p>
        {t({ zh: '给出：', en: 'Given: ' })}
        {e.given}
      </p>
      <ol className="steps">
        {e.steps.map((s) => (
          <li key={s.name}>
            <code>
              {s.name} = {s.formula}
            </code>
            <br />
            <code>
              = {s.filled} = <strong>{s.value}</strong>
            </code>
          </li>
        ))}
      </ol>
      <p>
        {t({ zh: '应得：', en: 'It must give: ' })}
        {e.gives}
        {e.cite !== undefined && `（${e.cite}）`}
      </p>
    </div>
  )
}

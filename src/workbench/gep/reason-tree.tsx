// A reason as a tree one opens by mouse or keys: formula as declared and with its numbers, clause, parameters with their mark,
// facts with the cell they stand in, maps with file and band. Plain disclosure elements, so that it reads and prints as text.

import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'
import { useWord } from './ask.ts'
import type { Origin, ReasonNode } from '../../server/told/index.ts'
import { withUnit } from './digits.ts'

/** Depth that is open at first sight: from a value over quantity and price to their inputs. */
const OPEN_DEPTH = 2

export function ReasonTree({ root }: { readonly root: ReasonNode }) {
  return (
    <div className="reason">
      <Inside node={root} depth={0} top />
    </div>
  )
}

const KIND: Readonly<Record<ReasonNode['kind'], Text>> = {
  figure: { zh: '数', en: 'figure' },
  fact: { zh: '原始数据', en: 'input' },
  parameter: { zh: '参数', en: 'parameter' },
  table: { zh: '明细', en: 'details' },
  map: { zh: '地图', en: 'map' },
}

const MARK: Readonly<Record<string, Text>> = {
  confirmed: { zh: '已证实', en: 'confirmed' },
  'back-solved': { zh: '反算', en: 'back-solved' },
  unconfirmed: { zh: '未证实', en: 'unconfirmed' },
  reported: { zh: '填报', en: 'reported' },
}

function Node({ node, depth }: { readonly node: ReasonNode; readonly depth: number }) {
  const { t } = useLanguage()
  const opens =
    node.children.length > 0 || node.formula !== undefined || node.note !== undefined || node.rule !== undefined
  const line = (
    <>
      <span className={`kind kind-${node.kind}`}>{t(KIND[node.kind])}</span> <Value node={node} />
    </>
  )
  return opens ? (
    <details open={depth < OPEN_DEPTH && node.children.length < 12}>
      <summary>{line}</summary>
      <Inside node={node} depth={depth} />
    </details>
  ) : (
    <div className="leaf">{line}</div>
  )
}

function Value({ node }: { readonly node: ReasonNode }) {
  const { t, lang } = useLanguage()
  const [, open] = useWord('why')
  const { value } = node.value
  const tabled = node.kind === 'table' && value !== ''
  return (
    <>
      {node.pixelCode !== undefined && <code className="code">{node.pixelCode} → </code>}
      {t(node.title)}
      {value !== '' && (
        <strong>
          {' '}
          {tabled ? t({ zh: `${value} 行`, en: `${value} rows` }) : `= ${withUnit(value, node.unit, lang)}`}
        </strong>
      )}
      {node.mark !== undefined && (
        <span className={`mark mark-${node.mark}`}>{t(MARK[node.mark] ?? { zh: node.mark, en: node.mark })}</span>
      )}
      {node.origin && <OriginShown origin={node.origin} kind={node.kind} />}
      {node.code !== undefined && node.children.length === 0 && (
        <button type="button" className="figure" onClick={() => open(node.code)}>
          {t({ zh: '打开', en: 'open' })} {node.code}
        </button>
      )}
    </>
  )
}

function OriginShown({ origin, kind }: { readonly origin: Origin; readonly kind: ReasonNode['kind'] }) {
  const { t } = useLanguage()
  const place = [
    origin.file,
    origin.sheet,
    origin.cell,
    origin.line === undefined ? undefined : t({ zh: `第 ${origin.line} 行`, en: `line ${origin.line}` }),
    origin.band === undefined ? undefined : t({ zh: `第 ${origin.band} 波段`, en: `band ${origin.band}` }),
  ].filter((p): p is string => p !== undefined)
  return (
    <span className={`origin origin-${kind}`} title={`SHA-256 ${origin.sha256}`}>
      ← {place.join(' › ')}
    </span>
  )
}

function Inside({ node, depth, top }: { readonly node: ReasonNode; readonly depth: number; readonly top?: boolean }) {
  const { t } = useLanguage()
  return (
    <div className="inside">
      {node.method && (
        <p>
          {t({ zh: '方法：', en: 'Method: ' })}
          {t(node.method)}
        </p>
      )}
      {node.formula && <pre className="formula">{t(node.formula)}</pre>}
      {(node.filled ?? []).map((line) => (
        <pre key={line} className="formula filled">
          {line}
        </pre>
      ))}
      {node.rule && (
        <p className="hint">
          {t({ zh: '依据：', en: 'Ground: ' })}
          {[node.rule.clause, ...node.rule.source].filter(Boolean).join('；') || '—'} · {node.rule.id}@
          {node.rule.version} · {t(MARK[node.rule.mark] ?? { zh: node.rule.mark, en: node.rule.mark })}
        </p>
      )}
      {(node.source ?? []).length > 0 && (
        <p className="hint">
          {t({ zh: '出处：', en: 'Source: ' })}
          {node.source!.join('；')}
          {node.year === undefined ? '' : ` · ${node.year}`}
        </p>
      )}
      {node.note && <p className="hint">{t(node.note)}</p>}
      {node.children.length > 0 && (
        <ul className={top ? 'top' : ''}>
          {node.children.map((child, i) => (
            <li key={i}>
              <Node node={child} depth={depth + 1} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

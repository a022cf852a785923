// The page of a run, its style and its script, as they are sent. The script writes what it is told as text, never as markup, and
// asks for nothing but its own address. Chinese first, English beside.

export const LIVE_PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>核算 · Account</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script src="page.js" defer></script>
</head>
<body>
<main>
<header>
<h1 id="title"></h1>
<button id="cancel" type="button">取消 Cancel</button>
</header>
<p id="stage" aria-live="polite"></p>
<div class="bar"><progress id="bar" max="1" value="0" aria-label="进度 Progress"></progress><output id="percent">0%</output></div>
<dl>
<div><dt>速度 <span lang="en">Pace</span></dt><dd id="pace">—</dd></div>
<div><dt>还需 <span lang="en">Time left</span></dt><dd id="left">—</dd></div>
<div><dt>✓ 已定 <span lang="en">Final</span></dt><dd id="final">—</dd></div>
<div><dt>~ 部分 <span lang="en">Partial</span></dt><dd id="partial">—</dd></div>
<div><dt>· 未到 <span lang="en">To come</span></dt><dd id="rest">—</dd></div>
</dl>
<p id="note" hidden>“已定”的地区，像元已全部算完，数不会再变；“部分”的还在增加。检查与合计在最后。<br>
<span lang="en">Of a final region all pixels are done and its numbers stay; those of a partial one still grow. Checks and totals come last.</span></p>
<div class="table"><table id="table" hidden><thead></thead><tbody></tbody></table></div>
</main>
</body>
</html>
`

export const LIVE_STYLE = `
:root { color-scheme: light; font: 15px/1.5 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif; color: #1c2b22; background: #f4f6f4 }
body { margin: 0 }
main { max-width: 1280px; margin: 0 auto; padding: 24px }
header { display: flex; gap: 24px; justify-content: space-between; align-items: start }
h1 { font-size: 22px; margin: 0 }
h1 span, dt span, th span, td span, #note span, #stage span { color: #52645a; font-weight: 400 }
h1 span { font-size: 15px; display: block }
button { font: inherit; padding: 6px 18px; border: 1px solid #a8331f; border-radius: 6px; color: #a8331f; background: #fff; cursor: pointer; flex: none }
button:hover:not(:disabled), button:focus-visible { background: #a8331f; color: #fff }
button:disabled { border-color: #9aa69f; color: #52645a; cursor: default }
#stage { margin: 16px 0 4px; min-height: 1.5em }
#stage.ended { font-weight: 700 }
.bar { display: flex; gap: 12px; align-items: center }
progress { flex: 1; height: 14px; accent-color: #2f7a4d }
output { font-variant-numeric: tabular-nums; font-size: 20px; min-width: 4ch; text-align: right }
dl { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0 }
dl div { background: #fff; border: 1px solid #d5ddd8; border-radius: 6px; padding: 8px 16px; min-width: 130px }
dt { font-size: 13px }
dd { margin: 0; font-size: 18px; font-variant-numeric: tabular-nums }
#note { font-size: 13px; margin: 0 0 12px }
.table { overflow-x: auto }
table { border-collapse: collapse; background: #fff; width: 100%; font-variant-numeric: tabular-nums }
th, td { border: 1px solid #d5ddd8; padding: 4px 10px; text-align: left; white-space: nowrap }
thead th { background: #e9efeb; vertical-align: bottom; font-weight: 600 }
thead th span, td.place span { display: block; font-size: 12px }
td.number, th.number { text-align: right }
tr.partial td.number, tr.rest td { color: #52645a }
tr.final td.state { color: #1f6b3f; font-weight: 600 }
`

export const LIVE_SCRIPT = `'use strict'
const at = (id) => document.getElementById(id)
const element = (name, className, zh, en) => {
  const made = document.createElement(name)
  if (className) made.className = className
  made.append(zh)
  if (en && en !== zh) {
    const other = document.createElement('span')
    other.lang = 'en'
    other.append(' ' + en)
    made.append(other)
  }
  return made
}
const fill = (id, zh, en) => at(id).replaceChildren(...element('p', '', zh, en).childNodes)
const two = (n) => String(n).padStart(2, '0')
const time = (s) => (s >= 3600 ? Math.floor(s / 3600) + ':' + two(Math.floor(s / 60) % 60) : Math.floor(s / 60)) + ':' + two(Math.floor(s) % 60)
const shown = (digits) => {
  const n = Number(digits)
  return n.toLocaleString('en-US', { maximumFractionDigits: Math.abs(n) < 100 ? 3 : 0 })
}
const unitOf = ({ unit }) => unit.replace(/([a-z])([23])(?![0-9])/g, (_, letter, power) => letter + (power === '2' ? '²' : '³'))
const STATES = {
  final: ['✓ 已定', 'final'],
  partial: ['~ 部分', 'partial'],
  rest: ['· 未到', 'to come'],
}
const stateOf = (c) => (c.isFinal ? 'final' : c.done > 0 ? 'partial' : 'rest')
const ENDED = {
  done: ['完成，结果在输出文件夹里。', 'Done; the results are in the output folder.'],
  failed: ['没有完成，问题见终端。', 'Not done; the terminal says what is wrong.'],
  cancelled: ['已取消，没有留下写了一半的文件。', 'Cancelled; nothing half written is left.'],
}
function showTable({ columns, counties }) {
  const counts = { final: 0, partial: 0, rest: 0 }
  for (const c of counties) counts[stateOf(c)]++
  for (const [state, n] of Object.entries(counts)) at(state).textContent = n
  const heads = [element('th', '', '地区', 'Region'), element('th', '', '状态', 'State'), element('th', 'number', '图块', 'Tiles')]
  for (const c of columns) heads.push(element('th', 'number', c.service + ' ' + c.title.zh + '，' + unitOf(c), c.title.en + ', ' + unitOf(c)))
  const head = document.createElement('tr')
  head.append(...heads)
  const rows = counties.map((c) => {
    const state = stateOf(c)
    const row = element('tr', state, '')
    row.append(
      element('td', 'place', c.name.zh, (c.name.en === c.name.zh ? '' : c.name.en + ' ') + c.code),
      element('td', 'state', ...STATES[state]),
      element('td', 'number', c.tiles === 0 ? '—' : Math.floor((100 * c.done) / c.tiles) + '%'),
    )
    for (const digits of c.values) {
      const isShown = digits !== undefined && state !== 'rest'
      const cell = element('td', 'number', isShown ? (state === 'partial' ? '~ ' : '') + shown(digits) : '—')
      if (isShown) cell.title = digits
      row.append(cell)
    }
    return row
  })
  const table = at('table')
  table.tHead.replaceChildren(head)
  table.tBodies[0].replaceChildren(...rows)
  table.hidden = at('note').hidden = false
}
function show(state) {
  fill('title', state.title.zh, state.title.en)
  const share = state.ended === 'done' ? 1 : (state.share ?? 0)
  at('bar').value = share
  at('percent').textContent = Math.floor(100 * share) + '%'
  document.title = Math.floor(100 * share) + '% ' + state.title.zh
  at('pace').textContent = state.pixelsPerSecond === undefined ? '—' : (state.pixelsPerSecond / 1e6).toFixed(1) + ' 百万像元/秒 Mpx/s'
  at('left').textContent = state.secondsLeft === undefined ? '—' : time(Math.ceil(state.secondsLeft))
  if (state.table) showTable(state.table)
  if (state.ended) end(...ENDED[state.ended])
  else if (state.what) fill('stage', state.stage.zh + '：' + state.what.zh, state.stage.en + ': ' + state.what.en)
}
function end(zh, en) {
  fill('stage', zh, en)
  at('stage').className = 'ended'
  at('cancel').disabled = true
  at('pace').textContent = at('left').textContent = '—'
  events.close()
}
const events = new EventSource('events')
events.onmessage = (event) => show(JSON.parse(event.data))
events.onerror = () => end('运行已经结束，或本机服务已停。', 'The run has ended.')
at('cancel').onclick = () => {
  at('cancel').disabled = true
  fill('stage', '正在取消…', 'Cancelling…')
  fetch('cancel', { method: 'POST' }).catch(() => undefined)
}
`

// The OpenAPI document as a page for people: every address with its words, fields and refusals. No script, nothing from
// elsewhere; found by the browser's own search.

import { html, ownMarkup, type JsonObject, type Markup } from '../../kernel/index.ts'

const STYLE = `
body { font: 15px/1.6 system-ui, "Noto Sans SC", "Microsoft YaHei", sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem; color: #1c2b22; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; border-bottom: 1px solid #c8d5cc; margin-top: 2rem; }
summary { cursor: pointer; padding: .25rem 0; } summary code { font-weight: 600; }
details { border-bottom: 1px solid #e4ebe6; } details > div { padding: 0 0 1rem 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; } th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #e4ebe6; padding: .2rem .6rem .2rem 0; }
code, pre { font-family: ui-monospace, monospace; font-size: .8125rem; } pre { background: #f3f6f4; padding: .75rem; overflow: auto; max-height: 24rem; }
.en { color: #55685c; } nav a { margin-right: 1rem; } a { color: #176b2c; }
@media print { details > div { display: block; } }
`

const record = (v: unknown): JsonObject => (typeof v === 'object' && v !== null ? (v as JsonObject) : {})
const said = (v: unknown): string => (typeof v === 'string' ? v : '')
const listOf = (v: unknown): readonly unknown[] => (Array.isArray(v) ? (v as readonly unknown[]) : [])

interface Operation {
  readonly method: string
  readonly path: string
  readonly of: JsonObject
}

export function docsPage(document: JsonObject): string {
  const at = (ref: string): JsonObject =>
    ref
      .slice(2)
      .split('/')
      .reduce<JsonObject>((node, step) => record(node[step]), document)
  const resolved = (v: unknown): JsonObject => {
    const node = record(v)
    return typeof node['$ref'] === 'string' ? at(node['$ref']) : node
  }
  const operations = Object.entries(record(document['paths'])).flatMap(([path, item]) =>
    Object.entries(record(item)).map(([method, of]): Operation => ({
      method: method.toUpperCase(),
      path,
      of: record(of),
    })),
  )
  const tags = [...new Set(operations.map(({ of }) => said(listOf(of['tags'])[0])))]
  const info = record(document['info'])
  const page = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${said(info['title'])} · API</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <h1>${said(info['title'])} <small>${said(info['version'])}</small></h1>
        <p>${said(info['description'])}</p>
        <p>
          登录后浏览器带着会话的 Cookie；除 GET 外，请求须带 <code>Qingshan-Request: 1</code>（或角色）和本站的
          <code>Origin</code>。
          <span class="en"
            >Signed in, the browser carries the session’s cookie; all but GET wants the header
            <code>Qingshan-Request: 1</code> (or a role) and this site’s <code>Origin</code>.</span
          >
          <a href="/openapi.json">openapi.json</a>
        </p>
        <nav>${tags.map((tag) => html`<a href="#${tag}">${tag}</a> `)}</nav>
        ${tags.map(
          (tag) =>
            html`<h2 id="${tag}">${tag}</h2>
              ${operations.filter(({ of }) => listOf(of['tags'])[0] === tag).map((o) => operationPart(o, resolved))}`,
        )}
      </body>
    </html> `
  return page.markup
}

function operationPart({ method, path, of }: Operation, resolved: (v: unknown) => JsonObject): Markup {
  const content = record(record(record(of['requestBody'])['content'])['application/json'])
  const schema = resolved(content['schema'])
  const input = resolved(record(schema['properties'])['input'])
  const parameters = listOf(of['parameters']).map(resolved)
  return html`<details id="${said(of['operationId'])}">
    <summary>
      <code>${method} ${path}</code> ${said(of['summary'])} <span class="en">${said(of['description'])}</span>
    </summary>
    <div>
      ${
        parameters.length > 0 &&
        table(
          '参数 parameters',
          parameters.map((p) => [said(p['name']), said(p['in']), p['required'] === true, said(p['description'])]),
        )
      }
      ${Object.keys(schema).length > 0 && table('内容 body', fieldsOf(schema))}
      ${Object.keys(input).length > 0 && table('input', fieldsOf(input))}
      ${content['example'] !== undefined && html`<pre>${JSON.stringify(content['example'], null, 2)}</pre>`}
      <p>
        ${Object.entries(record(of['responses'])).map(([status, r]) => html`<code>${status}</code> ${said(resolved(r)['description'])}<br />`)}
      </p>
    </div>
  </details> `
}

type Row = readonly [name: string, kind: string, required: boolean, what: string]

function fieldsOf(schema: JsonObject): readonly Row[] {
  const required = listOf(schema['required'])
  return Object.entries(record(schema['properties'])).map(([name, field]): Row => {
    const f = record(field)
    const kind = said(f['x-kind']) || said(f['type'])
    const what = [said(f['title']), said(f['description'])].filter((s) => s !== '').join(' · ')
    return [name, kind, required.includes(name), what]
  })
}

const table = (caption: string, rows: readonly Row[]): Markup | false =>
  rows.length > 0 &&
  html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th>名称</th>
        <th>类型</th>
        <th>必填</th>
        <th>说明</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, kind, required, what]) =>
          html`<tr>
            <td><code>${name}</code></td>
            <td>${kind}</td>
            <td>${required ? '✓' : ''}</td>
            <td>${what}</td>
          </tr>`,
      )}
    </tbody>
  </table>`

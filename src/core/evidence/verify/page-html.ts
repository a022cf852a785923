// The verifier as one HTML file: text, style, script and the public keys in one document that asks nobody anything. Its
// policy (default-src 'none', script and style by their hash) keeps even a mistaken page from reaching the network; it
// works from a file:// address. Keys go in when the page is built, so the reader can compare them with the published ones.

import { sha256 } from '@noble/hashes/sha2.js'
import { assert, MARK_ADDRESS } from '../../../kernel/index.ts'
import { toBase64, toUtf8 } from '../bytes.ts'

/** Public: whom the page believes. Keys as verifier-key texts. */
export interface PageKeys {
  readonly logs: readonly string[]
  readonly witnesses: readonly string[]
  /** Cosignatures wanted. */
  readonly quorum: number
}

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --good: #176b2c; --bad: #a8071a; }
@media (prefers-color-scheme: dark) { :root { --good: #7ddc94; --bad: #ff9c9c; } }
body { font: 16px/1.6 system-ui, "Noto Sans SC", "Microsoft YaHei", sans-serif; max-width: 56rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; }
.en { opacity: .75; font-size: .875rem; display: block; }
#drop { border: 2px dashed var(--line); border-radius: .5rem; padding: 1.25rem; margin: 1rem 0; }
#drop.over { border-style: solid; }
label { display: inline-block; margin: .25rem 1rem .25rem 0; }
details { border-top: 1px solid var(--line); padding: .5rem 0; } summary { cursor: pointer; }
ol { padding-left: 1.5rem; } li { margin: .5rem 0; } code, pre { font-family: ui-monospace, monospace; font-size: .8125rem; overflow-wrap: anywhere; white-space: pre-wrap; }
.ok { color: var(--good); } .failed, .not-checked { color: var(--bad); } .ok, .failed, .not-checked { font-weight: 600; }
@media print { #drop { display: none; } }
`

const hashOf = (content: string): string => `'sha256-${toBase64(sha256(toUtf8(content)))}'`

/** JSON that cannot end the element it stands in. */
const dataOf = (keys: PageKeys): string => JSON.stringify(keys).replaceAll('<', '\\u003c')

/** `scriptText` is page.ts bundled into one classic script (iife). @throws Error where it holds what would end a script element */
export function buildVerifierPage(scriptText: string, keys: PageKeys): string {
  assert(!/<\/script|<!--/i.test(scriptText), 'the script may stand inside a script element')
  const policy = [
    `default-src 'none'`,
    `script-src ${hashOf(scriptText)}`,
    `style-src ${hashOf(STYLE)}`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>青山凭证核验 · Qingshan proof verifier</title>
<link rel="icon" href="${MARK_ADDRESS}">
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>青山凭证核验</h1>
<p>核对一份凭证：行为是否在公开日志里、是否一字未改。全部在本机进行，不联网，文件不会外传。
<span class="en" lang="en">Checks whether an act stands in the public log, unchanged. Everything happens on this computer; nothing is sent anywhere.</span></p>
</header>
<main>
<section id="drop" aria-label="选择凭证 / choose proofs">
<p>把凭证文件（.json）拖到这里，可以一次拖入多个文件；或者：
<span class="en" lang="en">Drop proof files (.json) here, several at once if you like, or:</span></p>
<label>选择文件 <span class="en" lang="en">choose files</span> <input id="files" type="file" multiple accept=".json,application/json"></label>
<label>选择文件夹 <span class="en" lang="en">choose a folder</span> <input id="folder" type="file" multiple webkitdirectory></label>
</section>
<p id="summary" role="status" aria-live="polite"></p>
<section id="results" aria-label="核验结果 / results"></section>
<details id="trusted"><summary>本页信任的公开密钥，请与公布的密钥对照 <span class="en" lang="en">Public keys this page trusts; compare them with the published ones</span></summary><pre id="keys"></pre></details>
<p>日志证明的是先后次序和没有被悄悄改写，不证明最初填报的内容属实。
<span class="en" lang="en">A log proves order and that nothing was silently rewritten, not that the first entry was true.</span></p>
</main>
<script type="application/json" id="trust">${dataOf(keys)}</script>
<script>${scriptText}</script>
</body>
</html>
`
}

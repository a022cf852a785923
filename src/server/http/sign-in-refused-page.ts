// The page somebody lands on whom the identity provider sent back and who does not get in: why, what to do, the way back.
// No script, nothing from elsewhere.

import { html, ownMarkup, type Problem } from '../../kernel/index.ts'

const STYLE = `body { font: 16px/1.6 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; color: #1c1c1c; background: #f4f6f4; margin: 0 }
main { max-width: 34em; margin: 10vh auto 0; padding: 24px; background: #fff } h1 { font-size: 20px; margin: 0 0 12px }
p { margin: 0 0 12px; overflow-wrap: anywhere } .en { color: #555; font-size: 14px; display: block } a { color: #1f6f43 }`

export const refusedPage = (problems: readonly Problem[]): string =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>没有登录 · 青山</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>没有登录 <span class="en" lang="en">Not signed in</span></h1>
          ${problems.map(
            (p) =>
              html`<p>${p.zh}<span class="en" lang="en">${p.en}</span></p>
                <p>${p.hint.zh}<span class="en" lang="en">${p.hint.en}</span></p>`,
          )}
          <p>
            <a href="/w/">回到登录页 <span lang="en">Back to the sign-in page</span></a>
          </p>
        </main>
      </body>
    </html> `.markup

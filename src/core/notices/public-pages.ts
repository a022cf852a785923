// The public pages of notices, as plain HTML without script and without signing in: the list, one notice, the form for an
// objection, its receipt, and the copy for the village board. Pure: the same rows give the same page.
// Always holds: every value is escaped; the masked list is shown while the days run and no longer; nothing tells who objected.

import { html, type CivilDate, type Instant, type Markup, type Piece, type Problem } from '../../kernel/index.ts'
import { page, PRINT_STYLE, say } from './public-look.ts'
import { NOTICE_STATUS, OBJECTION_STATUS, OUTCOMES, type NoticeStatus, type ObjectionStatus } from './schema.ts'
import { OBJECTOR_MOST, PHONE_MOST, TEXT_MOST } from './objections.ts'

/** What is told of a notice to everybody. */
export interface PublishedNotice {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly body: string
  readonly clause: string
  readonly contact: string
  /** Name of the region. */
  readonly place: string
  readonly fromOn: CivilDate
  readonly dueOn: CivilDate
  readonly days: number
  readonly kind: string
  /** Its clock stands still. */
  readonly suspended: boolean
  /** Counted with a table of holidays that was not compared with its instrument. */
  readonly unconfirmed: boolean
  readonly status: NoticeStatus
  readonly reason?: string
  readonly list?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  readonly hasListDocument: boolean
  readonly objections: number
  readonly open: number
}

/** Of the list; everything of a notice stands below it. */
export const NOTICES_PATH = '/public/notices'
const at = (id: string, more = ''): string => `${NOTICES_PATH}/${id}${more}`

const kindText = (n: Pick<PublishedNotice, 'days' | 'kind'>): Markup =>
  n.kind === 'working' ? say(`${n.days} 个工作日`, `${n.days} working days`) : say(`${n.days} 日`, `${n.days} days`)

export interface ListedNotice {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly place: string
  readonly dueOn: CivilDate
  readonly status: NoticeStatus
}

/** The list: those that run come first. */
export function noticesIndexPage(entries: readonly ListedNotice[]): string {
  const running = entries.filter((e) => e.status === 'running')
  const past = entries.filter((e) => e.status !== 'running')
  const lines = (of: readonly ListedNotice[]): Markup =>
    html`<ul>
      ${of.map(
        (e) =>
          html`<li>
            <a href="${at(e.id)}">${e.title}</a> ${e.place} · ${e.number} ·
            ${e.status === 'running' ? say(`公示至 ${e.dueOn}`, `until ${e.dueOn}`) : say(NOTICE_STATUS[e.status].zh, NOTICE_STATUS[e.status].en)}
          </li>`,
      )}
    </ul>`
  return page(
    '公示',
    html`<h1>公示 <span class="en" lang="en">Public notices</span></h1>
      ${running.length === 0 ? html`<p>${say('现在没有公示。', 'Nothing is posted now.')}</p>` : lines(running)}
      ${
        past.length > 0 &&
        html`<h2>${say('已结束', 'Ended')}</h2>
          ${lines(past)}`
      }`,
  )
}

const stateOf = (n: PublishedNotice): Markup =>
  n.status === 'running'
    ? html`<p class="state">
        ${
          n.suspended
            ? say('公示期中止计算，恢复后顺延。', 'The days stand still and run on later.')
            : say(`公示中，最后一日 ${n.dueOn}。`, `Running; the last day is ${n.dueOn}.`)
        }
      </p>`
    : n.status === 'ended'
      ? html`<p class="state over">${say(`公示已于 ${n.dueOn} 期满。`, `The days were over on ${n.dueOn}.`)}</p>`
      : html`<p class="wrong">${say('本公示已撤回。', 'This notice is withdrawn.')} ${n.reason}</p>`

const basis = (n: PublishedNotice): Piece =>
  n.unconfirmed &&
  html`<p class="en">
    ${say(
      '工作日按放假安排推算，所用安排尚未与国务院办公厅原文逐日核对。',
      'Counted with a holiday table that was not yet compared with the instrument.',
    )}
  </p>`

function listTable(n: PublishedNotice): Piece {
  if (n.status !== 'running')
    return (
      (n.list !== undefined || n.hasListDocument) &&
      html`<p>${say('名单只在公示期内显示。', 'The list is shown while the notice runs.')}</p>`
    )
  return [
    n.list &&
      html`<div class="scroll" tabindex="0" role="region" aria-label="名单 list">
        <table>
          <thead>
            <tr>
              ${n.list.columns.map((c) => html`<th scope="col">${c}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${n.list.rows.map(
              (row) =>
                html`<tr>
                  ${row.map((c) => html`<td>${c}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
    n.hasListDocument && html`<p><a href="${at(n.id, '/list')}">${say('名单文件', 'the list as a file')}</a></p>`,
  ]
}

export const noticePage = (n: PublishedNotice): string =>
  page(
    `${n.title} ${n.number}`,
    html`<p><a href="${NOTICES_PATH}">${say('全部公示', 'all notices')}</a></p>
      <h1>${n.title}</h1>
      ${stateOf(n)}
      <p class="text">${n.body}</p>
      ${listTable(n)}
      <dl>
        <dt>${say('编号', 'number')}</dt>
        <dd>${n.number}</dd>
        <dt>${say('地区', 'place')}</dt>
        <dd>${n.place}</dd>
        <dt>${say('依据', 'clause')}</dt>
        <dd>${n.clause}</dd>
        <dt>${say('期限', 'days')}</dt>
        <dd>${n.fromOn}—${n.dueOn}（${kindText(n)}，${say('起始日不计入', 'the first day is not counted')}）</dd>
        <dt>${say('联系', 'contact')}</dt>
        <dd>${n.contact}</dd>
        <dt>${say('异议', 'objections')}</dt>
        <dd>${say(`${n.objections} 件，未办结 ${n.open} 件`, `${n.objections}, ${n.open} not closed`)}</dd>
      </dl>
      ${basis(n)}
      <h2>${say('有异议怎么办', 'How to object')}</h2>
      ${
        n.status === 'running'
          ? html`<p>
                ${say(
                  '可以把书面异议交给村会计或上面的联系单位，也可以在网上提出。两种办法一样算数。',
                  'On paper, through the village accountant or the office above, or online. Both count alike.',
                )}
              </p>
              <p><a href="${at(n.id, '/object')}">${say('网上提出异议', 'object online')}</a></p>`
          : html`<p>${say('公示期已过，不再受理异议。', 'The days are over; objections are no longer taken.')}</p>`
      }
      <p><a href="${at(n.id, '/print')}">${say('打印张贴稿（大字）', 'copy for the board, in large type')}</a></p>`,
  )

/** What somebody has typed so far. */
export interface Typed {
  readonly objector: string
  readonly phone: string
  readonly text: string
}

/** @param id of the submission: sending the same form twice does it once @param problems of an earlier try */
export const objectionFormPage = (
  n: PublishedNotice,
  form: { readonly id: string; readonly typed?: Typed; readonly problems?: readonly Problem[] },
): string => {
  const { typed, problems = [] } = form
  return page(
    `提出异议 ${n.number}`,
    html`<p><a href="${at(n.id)}">${say('回到公示', 'back to the notice')}</a></p>
      <h1>${say('提出异议', 'Object')}</h1>
      <p>${n.title} · ${n.number} · ${say(`最后一日 ${n.dueOn}`, `last day ${n.dueOn}`)}</p>
      ${
        problems.length > 0 &&
        html`<div class="wrong" role="alert">
          ${say('没有提交成功：', 'It was not taken:')}
          <ul>
            ${problems.map((p) => html`<li>${p.zh} ${p.hint.zh} <span class="en" lang="en">${p.en}</span></li>`)}
          </ul>
        </div>`
      }
      <form method="post" action="${at(n.id, '/object')}" accept-charset="utf-8" autocomplete="on">
        <input type="hidden" name="id" value="${form.id}" />
        <label for="objector">${say('姓名', 'name')}</label>
        <input
          id="objector"
          name="objector"
          required
          maxlength="${OBJECTOR_MOST}"
          value="${typed?.objector ?? ''}"
          autocomplete="name"
        />
        <label for="phone">${say('电话', 'telephone')}</label>
        <input
          id="phone"
          name="phone"
          required
          maxlength="${PHONE_MOST}"
          value="${typed?.phone ?? ''}"
          autocomplete="tel"
          inputmode="tel"
        />
        <label for="text"
          >${say(`异议内容（不超过 ${TEXT_MOST} 字）`, `objection, up to ${TEXT_MOST} characters`)}</label
        >
        <textarea id="text" name="text" rows="8" required maxlength="${TEXT_MOST}">${typed?.text ?? ''}</textarea>
        <p class="en">
          ${say(
            '姓名、电话和内容不公开，只给受理的人看，用于核实和答复。',
            'Name, telephone and text are not published; those who answer see them.',
          )}
        </p>
        <button type="submit">提交 Submit</button>
      </form>`,
  )
}

export interface Receipt {
  readonly number: string
  readonly receivedAt: Instant
  readonly status: ObjectionStatus
  readonly outcome?: keyof typeof OUTCOMES
  readonly answeredOn?: string
  readonly closedOn?: string
}

/** Found by an address that only who objected was given. Tells how far it is, not what was said. */
export const receiptPage = (n: PublishedNotice, r: Receipt): string =>
  page(
    `异议回执 ${r.number}`,
    html`<h1>${say('异议回执', 'Receipt of an objection')}</h1>
      <p class="code">${r.number}</p>
      <p>
        ${say(
          '请记下编号，或收藏、拍下本页。办理情况在本页查看。',
          'Keep this number, or this page: it tells how far the matter is.',
        )}
      </p>
      <dl>
        <dt>${say('公示', 'notice')}</dt>
        <dd><a href="${at(n.id)}">${n.title}</a> ${n.number}</dd>
        <dt>${say('收到', 'received')}</dt>
        <dd>${beijing(r.receivedAt)}</dd>
        <dt>${say('办理', 'status')}</dt>
        <dd>${say(OBJECTION_STATUS[r.status].zh, OBJECTION_STATUS[r.status].en)}</dd>
        ${
          r.outcome &&
          html`<dt>${say('结论', 'outcome')}</dt>
            <dd>${say(OUTCOMES[r.outcome].zh, OUTCOMES[r.outcome].en)}，${r.answeredOn}</dd>`
        }
        ${
          r.closedOn !== undefined &&
          html`<dt>${say('办结', 'closed')}</dt>
            <dd>${r.closedOn}</dd>`
        }
        <dt>${say('联系', 'contact')}</dt>
        <dd>${n.contact}</dd>
      </dl>`,
  )

/** By the clock of the country, to the minute. */
const beijing = (i: Instant): string =>
  `${new Date(Date.parse(i) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')}（北京时间）`

/** Said in the place of a page where something cannot be done. */
export const refusedPage = (problems: readonly Problem[]): string =>
  page(
    '没有办成',
    html`<h1>${say('没有办成', 'It was not done')}</h1>
      <div class="wrong" role="alert">
        ${problems.map((p) => html`<p>${p.zh} ${p.hint.zh} <span class="en" lang="en">${p.en} ${p.hint.en}</span></p>`)}
      </div>
      <p><a href="${NOTICES_PATH}">${say('全部公示', 'all notices')}</a></p>`,
  )

/** The copy for the village board. @param address of the notice's page as people type it @param code the same as a QR code */
export const boardCopyPage = (n: PublishedNotice, address: string, code: Markup): string =>
  page(
    `公示 ${n.number}`,
    html`${n.status === 'withdrawn' && html`<p class="void">本公示已撤回</p>`}
      <h1>公示</h1>
      <h2>${n.title}</h2>
      <p class="text">${n.body}</p>
      ${
        n.status === 'running' &&
        n.list &&
        html`<table>
          <thead>
            <tr>
              ${n.list.columns.map((c) => html`<th scope="col">${c}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${n.list.rows.map(
              (row) =>
                html`<tr>
                  ${row.map((c) => html`<td>${c}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>`
      }
      ${n.hasListDocument && html`<p>名单另附。</p>`}
      <div class="days">
        ${daysText(n)}<br />
        有异议的，请在${chinese(n.dueOn)}以前，把书面异议（写明姓名、电话、理由）交给村会计或下面的联系单位；也可以扫码在网上提出。
      </div>
      <p>依据：${n.clause}</p>
      <div class="foot">
        ${code}
        <div>
          <p>编号：${n.number}</p>
          <p>网址：${address}</p>
          <p>联系：${n.contact}</p>
        </div>
      </div>
      <p class="seal">（盖章）<br />${chinese(n.fromOn)}</p>`,
    PRINT_STYLE,
  )

const daysText = (n: PublishedNotice): string =>
  `公示期：${n.days} ${n.kind === 'working' ? '个工作日' : '日'}，${chinese(n.fromOn)}张贴，自次日起算，至${chinese(n.dueOn)}止。`

/** 2026 年 9 月 28 日. */
const chinese = (d: CivilDate): string =>
  `${Number(d.slice(0, 4))} 年 ${Number(d.slice(5, 7))} 月 ${Number(d.slice(8, 10))} 日`

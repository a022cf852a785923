// What a page shows, taken from inside it: its title and language, whether it is wider than the screen, what its headings, labels
// and buttons say, what only a mouse can reach. And which of those words are of the other language.

export interface Seen {
  readonly title: string
  readonly lang: string
  readonly headings: number
  /** Pixels beyond the screen. */
  readonly wide: number
  /** Headings, labels and buttons with what they say; names of places and people, and what people wrote, are not among them. */
  readonly said: readonly string[]
  /** Things to click that no key reaches. */
  readonly mouseOnly: readonly string[]
}

/** Runs inside the page, as text: the types of the house know no browser. */
export const LOOK = `(() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true })
  const ours = (e) => e.closest('[lang]') === document.documentElement && !e.closest('td, .inbox li, .brand, .header, .tree, .zones')
  const native = 'a[href], button, summary, label, select, input, textarea, [tabindex], .ant-select, .ant-checkbox-wrapper'
  return {
    title: document.title,
    lang: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
    wide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    said: [...document.querySelectorAll('h1, h2, h3, thead th, legend, label, summary, button, nav a, .nothing')]
      .filter((e) => shown(e) && ours(e)).map((e) => e.innerText.trim()).filter(Boolean),
    mouseOnly: [...document.querySelectorAll('main *')]
      .filter((e) => shown(e) && getComputedStyle(e).cursor === 'pointer' && !e.closest(native)).map((e) => e.outerHTML.slice(0, 120)),
  }
})()`

/** Where the focus is after a press of Tab. */
export interface Stop {
  readonly inPage: boolean
  /** It is what one does there: the button that stands out, else the first thing in the page. */
  readonly wanted: boolean
  /** One sees that it has the focus. */
  readonly seen: boolean
  readonly what: string
}

/** Runs inside the page; undefined where the page offers nothing to do. */
export const STOP = `(() => {
  // A drawer that is open keeps the focus: it is the page then.
  const main = document.querySelector('.ant-drawer-open .ant-drawer-section, .ant-drawer-open .ant-drawer-content') ?? document.querySelector('main')
  const able = [...main.querySelectorAll('a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  if (able.length === 0) return undefined
  const wanted = able.find((e) => e.matches('.ant-btn-primary')) ?? able[0]
  const at = document.activeElement
  // A ring is drawn at the thing itself, or, where the thing is not drawn, at what stands for it.
  const drawn = [at, at.nextElementSibling, at.parentElement, at.closest('.ant-select, .ant-picker, .ant-input-affix-wrapper')]
  const ring = (e) => { const s = getComputedStyle(e); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none' }
  return { inPage: main.contains(at), wanted: at === wanted, seen: drawn.some((e) => e && ring(e)), what: at.outerHTML.slice(0, 120) }
})()`

const HAN = /\p{Script=Han}/u
/** Two words of Latin letters after one another: one alone may be a code or a name (GEP, CSV, SHA-256, COD). */
const SENTENCE = /[A-Za-z]{3,} [A-Za-z]{2,}/

/** What a page of one language says in the other. */
export const otherWords = (said: readonly string[], lang: 'zh' | 'en'): readonly string[] => [
  ...new Set(said.filter((s) => (lang === 'en' ? HAN.test(s) : !HAN.test(s) && SENTENCE.test(s)))),
]

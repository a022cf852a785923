// What a page shows, taken from inside it: its title and language, whether it is wider than the screen, what its headings, labels
// and buttons say, what only a mouse can reach. And which of those words are of the other language.

export interface Seen {
  readonly title: string
  readonly lang: string
  readonly headings: number
  /** Pixels beyond the screen. */
  readonly wide: number
  /** Headings, labels and buttons with what they say; what people wrote themselves (titles, names) is not among them. */
  readonly said: readonly string[]
  /** Things to click that no key reaches. */
  readonly mouseOnly: readonly string[]
}

/** Runs inside the page, as text: the types of the house know no browser. */
export const LOOK = `(() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true })
  const ours = (e) => e.closest('[lang]') === document.documentElement && !e.closest('td, .inbox li, .brand, .header select')
  const native = 'a[href], button, summary, label, select, input, textarea, [tabindex], .ant-select, .ant-checkbox-wrapper'
  return {
    title: document.title,
    lang: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
    wide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    said: [...document.querySelectorAll('h1, h2, h3, thead th, legend, label, dt, summary, button, nav a, .about, .hint, .nothing')]
      .filter((e) => shown(e) && ours(e)).map((e) => e.innerText.trim()).filter(Boolean),
    mouseOnly: [...document.querySelectorAll('main *')]
      .filter((e) => shown(e) && getComputedStyle(e).cursor === 'pointer' && !e.closest(native)).map((e) => e.outerHTML.slice(0, 120)),
  }
})()`

const HAN = /\p{Script=Han}/u
/** Two words of Latin letters after one another: one alone may be a code or a name (GEP, CSV, SHA-256, COD). */
const SENTENCE = /[A-Za-z]{3,} [A-Za-z]{2,}/

/** What a page of one language says in the other. */
export const otherWords = (said: readonly string[], lang: 'zh' | 'en'): readonly string[] => [
  ...new Set(said.filter((s) => (lang === 'en' ? HAN.test(s) : !HAN.test(s) && SENTENCE.test(s)))),
]

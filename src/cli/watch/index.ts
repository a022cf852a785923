// The door of the page of a run, for whoever looks at it in a browser.

export { openLivePage } from './live-page.ts'
export type { CountyLine } from './told.ts'

// The house's one escaping template, under the name this report has always called it by.

export { escapeText, html, ownMarkup, type Markup, type Piece } from '../../../kernel/index.ts'

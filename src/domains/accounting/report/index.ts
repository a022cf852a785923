// The report room's door: an account becomes a document, a document becomes Word or HTML; charts, maps and number
// texts for other pages that print figures.

export { drawView, type MapWords } from './content/map-pictures.ts'
export { accountDocument } from './content.ts'
export type { FormulaText, ReportOptions } from './content/page.ts'
export * from './document.ts'
export { renderDocx } from './docx.ts'
export { renderHtml } from './html.ts'
export { escapeText, html, ownMarkup, type Markup, type Piece } from './html-template.ts'
export { barChart, type Bar, type BarChart } from './charts.ts'
export { choropleth, mapSize, rampStep, type Choropleth } from './maps.ts'
export { classOf, mapClasses, type MapClasses } from './map-classes.ts'
export * from './number-text.ts'
export { RAMP } from './palette.ts'
export {
  drawPixelMap,
  type DrawnMap,
  type MapZone,
  type PixelClass,
  type PixelKind,
  type PixelMap,
} from './pixel-map.ts'
export { printPng, svgToPng } from './png.ts'

// The mark of the house, two green hills: what a browser shows beside the title of a page. Serves every page that is served, and
// inside it the page that travels as a file.

/** Drawn small: sixteen pixels and up. */
export const MARK_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#176b2c" d="M0 14 6 3l4.6 8.4L12 9l4 5z"/></svg>'

/** The same as an address that asks nobody. */
export const MARK_ADDRESS = `data:image/svg+xml,${encodeURIComponent(MARK_SVG)}`

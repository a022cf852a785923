// Names as they are compared: width, case, blanks, brackets with latin twins and layout signs do not matter.

/** `二氧化硫（SO₂）` and `二氧化硫 (so2)` compare equal. */
export const plainName = (s: string): string =>
  s
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-—–·・、,，.。:：;；/／\\()[\]【】"'“”‘’]/g, '')

// Colours and faces shared by charts and maps. The pairs stay apart for every common colour-blindness (Okabe and Ito's
// set for kinds, a light-to-dark ramp of one hue family for amounts); a label or a hatch always says the same in words.

export const KIND_COLOURS = ['#0072b2', '#009e73', '#e69f00', '#56b4e9', '#d55e00', '#cc79a7'] as const
/** From least to most. */
export const RAMP = ['#eef7d9', '#b7e0b0', '#6fc3b3', '#2f8fa8', '#21507f'] as const
export const INK = '#16202a'
export const FAINT = '#66727d'

/** The first face is the one `png.ts` loads; the others are what offices and browsers have. */
export const PICTURE_FONT = "'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','SimHei',sans-serif"

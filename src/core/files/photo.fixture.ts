// A photo as a phone writes it, made by hand: Exif with place, time, side and a thumbnail, a remark, a film behind the end.

const u16 = (n: number): readonly number[] => [(n >> 8) & 255, n & 255]
const u32 = (n: number): readonly number[] => [...u16(n >>> 16), ...u16(n & 0xffff)]
const word = (s: string): readonly number[] => [...Buffer.from(s, 'latin1')]
const segment = (marker: number, body: readonly number[]): readonly number[] => [
  0xff,
  marker,
  ...u16(body.length + 2),
  ...body,
]

/** An entry of an Exif directory whose value stands at an offset. */
const entry = (tag: number, type: number, count: number, value: readonly number[]): readonly number[] => [
  ...u16(tag),
  ...u16(type),
  ...u32(count),
  ...value,
]

/** Big-endian TIFF: IFD0 with side, Exif and GPS directories. */
function exif(side: number): readonly number[] {
  const SHORT = 3
  const [ASCII, RATIONAL, LONG] = [2, 5, 4]
  const ifd0 = 8
  const exifAt = ifd0 + 2 + 3 * 12 + 4
  const gpsAt = exifAt + 2 + 2 * 12 + 4
  const dataAt = gpsAt + 2 + 4 * 12 + 4
  const taken = word('2026:03:02 09:30:15\0')
  const zone = word('+08:00\0\0')
  const degrees = (d: number, m: number, s100: number): readonly number[] => [
    ...u32(d),
    ...u32(1),
    ...u32(m),
    ...u32(1),
    ...u32(s100),
    ...u32(100),
  ]
  return [
    ...word('MM'),
    ...u16(42),
    ...u32(ifd0),
    ...u16(3),
    ...entry(0x0112, SHORT, 1, [...u16(side), 0, 0]),
    ...entry(0x8769, LONG, 1, u32(exifAt)),
    ...entry(0x8825, LONG, 1, u32(gpsAt)),
    ...u32(0),
    ...u16(2),
    ...entry(0x9003, ASCII, taken.length, u32(dataAt)),
    ...entry(0x9011, ASCII, 7, u32(dataAt + taken.length)),
    ...u32(0),
    ...u16(4),
    ...entry(1, ASCII, 2, [...word('N\0'), 0, 0]),
    ...entry(2, RATIONAL, 3, u32(dataAt + taken.length + zone.length)),
    ...entry(3, ASCII, 2, [...word('E\0'), 0, 0]),
    ...entry(4, RATIONAL, 3, u32(dataAt + taken.length + zone.length + 24)),
    ...u32(0),
    ...taken,
    ...zone,
    // 28° 54′ 9.00″ N, 111° 29′ 18.00″ E: Taoyuan.
    ...degrees(28, 54, 900),
    ...degrees(111, 29, 1800),
  ]
}

export const OWNER = 'Zhang San, 13800000000'

/** @param bytes about how large @param side which side is up, 1 to 8 */
export function photo(bytes: number, side = 6): Uint8Array {
  const head = [
    0xff,
    0xd8,
    ...segment(0xe0, [...word('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xe1, [...word('Exif\0\0'), ...exif(side)]),
    ...segment(0xe1, word(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${OWNER}</x:xmpmeta>`)),
    ...segment(0xe2, [...word('ICC_PROFILE\0'), 1, 1, 7, 7, 7]),
    ...segment(0xed, word(`Photoshop 3.0\0${OWNER}`)),
    ...segment(0xfe, word(OWNER)),
    ...segment(
      0xdb,
      Array.from({ length: 65 }, () => 1),
    ),
    ...segment(0xc0, [8, 0, 16, 0, 16, 1, 1, 0x11, 0]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
  ]
  const tail = [0xff, 0xd9, ...word(`ftypmp42 ${OWNER}`)]
  const scan = Uint8Array.from({ length: Math.max(8, bytes - head.length - tail.length) }, (_, i) => (i * 31) % 255)
  // A stuffed byte and a restart marker within the picture.
  scan.set([0xff, 0x00, 0xff, 0xd3], 2)
  return Uint8Array.from(Buffer.concat([Uint8Array.from(head), scan, Uint8Array.from(tail)]))
}

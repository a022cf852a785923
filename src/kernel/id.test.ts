// Ids: the vectors of RFC 9562, the order of making, and names that always give the same id.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idMaker, instantOfMs, isUuid, uuidBytes, uuidFrom, uuidv7, uuidVersion, type Uuid } from './index.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (count: number, of: () => number): Uint8Array => Uint8Array.from({ length: count }, of)

describe('version 7', () => {
  test('the example of RFC 9562, A.6', () => {
    const random = Uint8Array.from(Buffer.from('0cc318c4dc0c0c07398f', 'hex'))
    expect(uuidv7(1645557742000, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  })

  test('time stands first and all 74 random bits are kept', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 48 - 1 }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (ms, random) => {
        const id = uuidv7(ms, random)
        const bytes = uuidBytes(id)
        expect(uuidVersion(id)).toBe(7)
        expect(parseInt(hex(bytes.slice(0, 6)), 16)).toBe(ms)
        expect([bytes[6]! & 0x0f, bytes[8]! & 0x3f]).toEqual([random[0]! & 0x0f, random[2]! & 0x3f])
        expect([bytes[7], ...bytes.slice(9)]).toEqual([random[1], ...random.slice(3)])
      }),
    )
  })

  test('too early, too late and too little randomness are bugs', () => {
    expect(() => uuidv7(-1, new Uint8Array(10))).toThrow()
    expect(() => uuidv7(2 ** 48, new Uint8Array(10))).toThrow()
    expect(() => uuidv7(0, new Uint8Array(9))).toThrow()
  })
})

describe('a maker of ids', () => {
  test('gives rising ids, whatever the clock does', () => {
    const clock = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 50 })
    const byte = fc.constantFrom(0, 255)
    fc.assert(
      fc.property(clock, byte, (times, random) => {
        let i = 0
        const make = idMaker({
          now: () => instantOfMs(times[i++ % times.length]!),
          random: (n) => bytesOf(n, () => random),
        })
        const made = Array.from({ length: times.length * 2 }, make)
        expect(made.every(isUuid)).toBe(true)
        expect([...made].sort()).toEqual(made)
        expect(new Set(made).size).toBe(made.length)
      }),
    )
  })

  test('when the random part is used up, the next millisecond is borrowed', () => {
    const make = idMaker({ now: () => instantOfMs(5), random: (n) => bytesOf(n, () => 255) })
    expect(hex(uuidBytes(make()).slice(0, 6))).toBe('000000000005')
    expect(hex(uuidBytes(make()).slice(0, 6))).toBe('000000000006')
  })
})

describe('the id of a name', () => {
  test('the example of RFC 9562, B.2', () => {
    expect(uuidFrom('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '5c146b14-3c52-8afd-938a-375d0df1fbf6',
    )
  })

  test('is the same every time, and another for another name or namespace', () => {
    expect(uuidFrom('timer', '权利 1')).toBe(uuidFrom('timer', '权利 1'))
    const all = [uuidFrom('timer', 'ab'), uuidFrom('timera', 'b'), uuidFrom('timer', 'a'), uuidFrom('', 'timerab')]
    expect(new Set(all).size).toBe(all.length)
    expect(all.map(uuidVersion)).toEqual([8, 8, 8, 8])
  })

  test('never changes: ids stored today are computed again for ever', () => {
    expect(uuidFrom('timer', '权利 1')).toBe('ced296ee-e3ec-8f3f-a7c2-f4d795b2f051')
  })
})

describe('what is a UUID', () => {
  test.each([
    ['C232AB00-9414-11EC-B3C8-9F6BDECED846', 1],
    ['5df41881-3aed-3515-88a7-2f4a814cf09e', 3],
    ['919108f7-52d1-4320-9bac-f847db4148a8', 4],
    ['2ed6657d-e927-568b-95e1-2665a8aea6a2', 5],
    ['1EC9414C-232A-6B00-B3C8-9F6BDECED846', 6],
    ['017F22E2-79B0-7CC3-98C4-DC0C0C07398F', 7],
    ['2489E9AD-2EE2-8E00-8EC9-32D5F69181C0', 8],
  ])('%s of RFC 9562 is of version %i', (id, version) => {
    expect(uuidVersion(id.toLowerCase())).toBe(version)
  })

  test.each([
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
    '017f22e2-79b0-7cc3-18c4-dc0c0c07398f',
    '017f22e279b07cc398c4dc0c0c07398f',
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n',
    '',
  ])('%j is none', (text) => {
    expect(isUuid(text as Uuid)).toBe(false)
  })
})

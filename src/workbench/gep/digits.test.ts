import { expect, test } from 'vitest'
import { digits, unitIn, withUnit } from './digits.ts'

test('a long decimal shows its beginning and says that it goes on; money and short numbers stay whole', () => {
  expect(digits('18049099.2820049443283905')).toBe('18,049,099.2820…')
  expect(digits('0.000012345678901234567')).toBe('0.0000123456789012…')
  expect(digits('41865346799.36')).toBe('41,865,346,799.36')
  expect(digits('12.5')).toBe('12.5')
  expect(digits('-1435.90094287120181')).toBe('-1435.90094287…')
})

test('a ratio has no unit, and yuan are called so in English', () => {
  expect(withUnit('0.35', { zh: '比值', en: 'ratio' }, 'zh')).toBe('0.35')
  expect(withUnit('3367', { zh: 't', en: 't' }, 'en')).toBe('3367 t')
  expect(unitIn('元', 'en')).toBe('yuan')
  expect(unitIn('元', 'zh')).toBe('元')
})

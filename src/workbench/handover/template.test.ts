// The template of a table.

import { expect, test } from 'vitest'
import { templateCsv } from './template.ts'

test('a template is one row of headings that any office program opens, without a formula in it', () => {
  expect(templateCsv('地区\n面积（km2）')).toBe('\ufeff地区,面积（km2）\r\n')
  expect(templateCsv('甲,乙\n=1+1\n"丙"')).toBe(`\ufeff"甲,乙",'=1+1,"""丙"""\r\n`)
})

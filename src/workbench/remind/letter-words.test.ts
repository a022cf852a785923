// The words of a reminder letter.

import { describe, expect, test } from 'vitest'
import { dayText, paragraphsOf, titleOf } from './letter-words.ts'

const about = { name: '青山县', year: '2024', number: undefined, today: '2026-03-02', due: '' }

describe('a reminder letter', () => {
  test('names every item once, in its order, and how many they are', () => {
    const [first, ...rest] = paragraphsOf({ ...about, items: ['缺降雨', '批注未答复：甲。', '未提交'] })
    expect(first).toBe('截至2026年3月2日，青山县2024年度生态产品总值核算在核算系统的记录中有以下3项尚未完成：')
    expect(rest.slice(0, 3)).toEqual(['1．缺降雨；', '2．批注未答复：甲。', '3．未提交。'])
  })

  test('asks for a day only where one is given', () => {
    const said = (due: string): string => paragraphsOf({ ...about, items: ['缺降雨'], due }).join('')
    expect(said('')).not.toMatch(/请于/)
    expect(said('2026-07-15')).toContain('请于2026年7月15日前办理完毕')
  })

  test('writes days in figures and leaves blank what is no day', () => {
    expect([dayText('2026-11-05'), dayText('')]).toEqual(['2026年11月5日', ''])
    expect(titleOf(about)).toBe('关于催报青山县2024年度生态产品总值核算的函')
  })
})

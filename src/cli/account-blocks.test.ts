// Blocks as a person names them and hands their files over: what is none is refused with what was typed, or with its file.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { storyFolder } from '../../test/stories/folders.ts'
import { ProblemError } from '../kernel/index.ts'
import { parseBlock, readBlocks } from './account-blocks.ts'
import { writeWhole } from './write-whole.ts'

const home = storyFolder('account-blocks-files')

/** Code and place of what is thrown. */
function refused(act: () => unknown): readonly unknown[] {
  try {
    act()
  } catch (e) {
    if (e instanceof ProblemError) return e.problems.map((p) => [p.code, p.at?.file, p.zh.includes('分块')])
    throw e
  }
  return []
}

test('a block is typed as 2/8, within the number there are', () => {
  expect(['1/1', '2/8', ' 8/8 '].map(parseBlock)).toEqual([
    { block: 1, of: 1 },
    { block: 2, of: 8 },
    { block: 8, of: 8 },
  ])
  for (const typed of ['0/8', '9/8', '2', '2/', '-1/8', '1.5/8', '2/8/9', 'two/8', ''])
    expect(refused(() => parseBlock(typed))).toEqual([['maps.bad-block', undefined, true]])
})

const block = (n: number, of: number, account = 'a'): string =>
  JSON.stringify({ qingshan: 'account-block/1', account, block: n, of, rows: [], looks: {} })

test('files that are no blocks, lack one, hold one twice or belong to another account are refused', () => {
  const put = (name: string, content: string): string => {
    writeFileSync(join(home, name), content)
    return join(home, name)
  }
  const [first, second] = [put('1.json', block(1, 2)), put('2.json', block(2, 2))]
  expect(readBlocks([second, first]).account).toBe('a')
  for (const content of ['', '{}', '[1]', block(1, 2).slice(0, 40), block(1, 2).replace('"rows":[]', '"rows":[{}]')])
    expect(refused(() => readBlocks([first, put('odd.json', content)]))).toEqual([['maps.bad-block', 'odd.json', true]])
  expect(refused(() => readBlocks([first, join(home, 'none.json')]))).toEqual([['maps.bad-block', 'none.json', true]])
  expect(refused(() => readBlocks([first]))).toEqual([['maps.blocks-missing', undefined, true]])
  expect(refused(() => readBlocks([first, second, second]))).toEqual([['maps.blocks-missing', undefined, true]])
  expect(refused(() => readBlocks([first, put('other.json', block(2, 2, 'b'))]))).toEqual([
    ['maps.blocks-differ', undefined, true],
  ])
  expect(refused(() => readBlocks([first, put('three.json', block(2, 3))]))).toEqual([
    ['maps.blocks-differ', undefined, true],
  ])
})

test('a file that cannot take its place leaves no part beside it', () => {
  const folder = join(home, 'taken')
  mkdirSync(join(folder, 'block.json', 'inside'), { recursive: true })
  expect(() => writeWhole(join(folder, 'block.json'), 'content')).toThrow()
  expect(readdirSync(folder)).toEqual(['block.json'])
})

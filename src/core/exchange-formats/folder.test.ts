import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProblemError, type Problem } from '../../kernel/index.ts'
import { openFileSource, withFileSource } from './byte-source.ts'
import { decodeName, findFile, readFileByName, readFolder, sha256, sha256OfFile } from './folder.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (name: string | Buffer, content = 'x'): void => {
  const raw = typeof name === 'string' ? Buffer.from(name) : name
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), raw]), content)
}
const names = (): readonly string[] => readFolder(folder).files.map((f) => f.name)
const problemsOf = (work: () => unknown): readonly Problem[] => {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
}
const code = (name: string): string | undefined => problemsOf(() => readFileByName(folder, name))[0]?.code
/** 面积.csv in GBK. */
const GBK_NAME = Buffer.from([0xc3, 0xe6, 0xbb, 0xfd, 0x2e, 0x63, 0x73, 0x76])
const bytesAreNames = process.platform === 'linux'

describe('a folder', () => {
  it('lists its files and those of direct subfolders by name, without hidden files and lock files', () => {
    put('b.csv')
    put('a.xlsx', 'four')
    put('.hidden')
    put('~$a.xlsx')
    mkdirSync(join(folder, '图/深'), { recursive: true })
    put('图/c.tif')
    put('图/深/d.tif')
    expect(names()).toEqual(['a.xlsx', 'b.csv', '图/c.tif'])
    expect(readFolder(folder).files[0]!.size).toBe(4)
    expect(readFolder(folder).problems).toEqual([])
  })

  it.runIf(bytesAreNames)('shows GBK names decoded and opens them by their bytes', () => {
    put(GBK_NAME, '县,面积\n')
    expect(names()).toEqual(['面积.csv'])
    const read = readFileByName(folder, '面积.csv')
    expect(new TextDecoder().decode(read.bytes)).toBe('县,面积\n')
    expect(read.sha256).toBe(sha256(read.bytes))
    expect(sha256OfFile(findFile(folder, '面积.csv'))).toBe(read.sha256)
  })

  it.runIf(bytesAreNames)('says when two names decode to one, and reads neither', () => {
    put(GBK_NAME)
    put('面积.csv')
    expect(readFolder(folder).problems).toMatchObject([{ code: 'folder.same-name', values: { name: '面积.csv' } }])
    expect(code('面积.csv')).toBe('folder.same-name')
  })

  it('takes names of both Unicode forms for one', () => {
    put('e\u0301.csv')
    expect(names()).toEqual(['\u00e9.csv'])
    expect(readFileByName(folder, '\u00e9.csv').bytes).toHaveLength(1)
  })

  it('writes a name in no known encoding with escapes', () => {
    expect(decodeName(Uint8Array.from([0x61, 0xff, 0xff]))).toEqual({ name: 'a%ff%ff', known: false })
  })

  it('never lets a name lead out of it', () => {
    mkdirSync(join(folder, '数据'))
    put('数据/a.csv')
    for (const name of [
      '../x',
      '/etc/passwd',
      '数据/../../x',
      'C:\\x',
      '..\\x',
      './a',
      '数据//a.csv',
      'a\0b',
      '..',
      '',
    ])
      expect([name, code(name)]).toEqual([name, 'folder.name-leaves'])
    expect(readFileByName(folder, '数据\\a.csv').name).toBe('数据/a.csv')
  })

  it.runIf(bytesAreNames)('neither lists nor reads what a link outside points to, and follows links inside', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'))
    try {
      writeFileSync(join(outside, 'secret.csv'), 's')
      symlinkSync(join(outside, 'secret.csv'), join(folder, 'link.csv'))
      symlinkSync(outside, join(folder, 'dir'))
      symlinkSync(join(folder, 'gone'), join(folder, 'broken.csv'))
      put('a.csv')
      symlinkSync(join(folder, 'a.csv'), join(folder, 'b.csv'))
      expect(names()).toEqual(['a.csv', 'b.csv'])
      expect(
        readFolder(folder)
          .problems.map((p) => [p.code, p.at?.file])
          .sort(),
      ).toEqual([
        ['folder.name-leaves', 'dir'],
        ['folder.name-leaves', 'link.csv'],
      ])
      expect([code('link.csv'), code('dir/secret.csv'), code('broken.csv'), code('b.csv')]).toEqual([
        'folder.name-leaves',
        'folder.name-leaves',
        'folder.file-missing',
        undefined,
      ])
    } finally {
      rmSync(outside, { recursive: true, force: true })
    }
  })

  it('says which file is missing and names one that looks like it', () => {
    put('面积 2010.xlsx')
    mkdirSync(join(folder, '子'))
    expect(problemsOf(() => readFileByName(folder, '面积2010.xls'))).toMatchObject([
      {
        code: 'folder.file-missing',
        severity: 'red',
        at: { file: '面积2010.xls' },
        zh: expect.stringContaining('面积 2010.xlsx') as string,
      },
    ])
    expect([code('无.xlsx'), code('子'), code('面积 2010.xlsx/x')]).toEqual(Array(3).fill('folder.file-missing'))
  })

  it('that does not exist, or is a file, is a problem', () => {
    put('a.csv')
    expect(problemsOf(() => readFolder(join(folder, '没有')))).toMatchObject([{ code: 'folder.missing' }])
    expect(problemsOf(() => readFolder(join(folder, 'a.csv')))).toMatchObject([{ code: 'folder.missing' }])
  })

  it('gives a large file piece by piece', () => {
    put('a.bin', '0123456789')
    const pieces = withFileSource(findFile(folder, 'a.bin'), (s) =>
      [s.size, s.read(2, 3), s.read(8, 9), s.read(20, 1)].map(String),
    )
    expect(pieces).toEqual(['10', '50,51,52', '56,57', ''])
  })

  it('keeps a file open until it is closed', () => {
    put('a.bin', '0123456789')
    const source = openFileSource(findFile(folder, 'a.bin'))
    expect(String(source.read(8, 2))).toBe('56,57')
    source.close()
    source.close()
    expect(() => source.read(0, 1)).toThrow('closed')
  })
})

// The table of permissions: who may, and who sees what, as data and as a page.

import { describe, expect, test } from 'vitest'
import { declared, may, roles } from './declared.fixture.ts'
import { permissionPage, permissionRows } from './index.ts'

const rows = permissionRows(declared, roles, may)
const page = permissionPage(rows, roles)

describe('permissions', () => {
  test('roles stand at what they may run, by name or by group', () => {
    expect(rows.map((row) => [row.kind, row.name, row.roles, row.approval])).toEqual([
      ['command', 'issuePermit', ['clerk'], true],
      ['command', 'closeYear', [], false],
      ['query', 'findPermits', ['clerk', 'auditor'], false],
    ])
  })

  test('the fields of a command are those submitted, of a query those shown', () => {
    expect(rows[0]!.fields.map((f) => f.path)).toContain('outlets.*.flow')
    expect(rows[2]!.fields.find((f) => f.path === 'name')!.grade).toBe('personal')
  })

  test('the page has a line for each in both languages, and says where nobody may', () => {
    expect(page).toContain('| `issuePermit` Issue a permit | 核发许可证 | Clerk | 经办人 | ✓ | 第十条 |')
    expect(page).toContain('| `closeYear` Close the year | 年度结账 | (nobody) | （无） |  |  |')
    expect(page).toContain('| `permitted` | 许可量 Permitted | quantity (t) | 内部 internal | ✓ |')
    expect(page).toContain('No fields. 没有字段。')
  })

  test('every row of a table has as many cells as its head', () => {
    const cells = (line: string): number => line.replaceAll('\\|', '').split('|').length
    const tables = page.split('\n\n').filter((part) => part.startsWith('|'))
    expect(tables).toHaveLength(3)
    for (const table of tables) {
      const lines = table.trimEnd().split('\n')
      expect(new Set(lines.map(cells)).size).toBe(1)
    }
  })
})

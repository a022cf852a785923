// The role files as shipped, and what the reader says about a wrong one.

import { describe, expect, test } from 'vitest'
import { GRADES, sees } from '../../../kernel/index.ts'
import { loadRoles, parseRoles } from './read-roles.ts'

const shipped = await loadRoles('roles')

const file = (id: string, more: Readonly<Record<string, string>> = {}): { name: string; text: string } => {
  const keys = {
    id,
    title: '{ zh: 甲, en: a }',
    grade: 'internal',
    scope: 'place',
    opens: '{ zh: 乙, en: b }',
    commands: '[]',
    queries: '[]',
    conflicts: '[]',
    ...more,
  }
  const text = Object.entries(keys).map(([k, v]) => `${k}: ${v}\n`)
  return { name: `${id}.yaml`, text: text.join('') }
}
const said = (...files: { name: string; text: string }[]): readonly string[] =>
  parseRoles(files).problems.map((p) => `${p.code}:${p.at?.file}:${p.at?.line}`)

describe('the shipped roles', () => {
  test('are read without a problem and hold the twelve users, the three administrators, the system and the public', () => {
    expect(shipped.problems).toEqual([])
    expect(shipped.book.all.map((r) => r.id)).toEqual([
      'administrator',
      'auditor',
      'bank-officer',
      'county-clerk',
      'department-contact',
      'deputy',
      'exchange-operator',
      'finance-officer',
      'firm-manager',
      'objection-officer',
      'provincial-office',
      'public',
      'registrar',
      'reviewer',
      'security-officer',
      'system',
      'technician',
      'village-accountant',
    ])
  })

  test('administrator, security officer and auditor exclude one another', () => {
    const three = ['administrator', 'security-officer', 'auditor']
    for (const a of three)
      for (const b of three.filter((x) => x !== a)) expect(shipped.book.find(a)?.conflicts).toContain(b)
  })

  test('the public sees public data only, and each role sees its grade and what is below', () => {
    expect(GRADES.filter((g) => sees(shipped.book.find('public')!.grade, g))).toEqual(['public'])
    expect(GRADES.filter((g) => sees('restricted', g))).toEqual(['public', 'internal', 'restricted'])
  })
})

describe('a wrong role file', () => {
  test('an unknown key, a missing key and a value outside its list are named with their line', () => {
    expect(said(file('a-b', { colour: 'red' }))).toEqual(['identity.role-key:a-b.yaml:9'])
    expect(said(file('a-b', { grade: 'secret' }))).toEqual(['identity.role-key:a-b.yaml:3'])
    expect(said(file('a-b', { commands: '["drop table"]' }))).toEqual(['identity.role-key:a-b.yaml:6'])
    expect(said({ name: 'a-b.yaml', text: file('a-b').text.replace(/^grade.*\n/m, '') })).toEqual([
      'identity.role-key:a-b.yaml:1',
    ])
  })

  test('broken YAML, a key twice, an alias and a huge file are refused', () => {
    expect(said({ name: 'a-b.yaml', text: 'id: [' })).toEqual(['identity.role-yaml:a-b.yaml:1'])
    expect(said({ name: 'a-b.yaml', text: `${file('a-b').text}id: a-b\n` })).toEqual(['identity.role-yaml:a-b.yaml:9'])
    expect(said(file('a-b', { commands: '&x []', queries: '*x' }))).toEqual(['identity.role-yaml:a-b.yaml:1'])
    expect(said({ name: 'a-b.yaml', text: '#'.repeat(70_000) })).toEqual(['identity.role-yaml:a-b.yaml:1'])
    expect(said({ name: 'a-b.yaml', text: '' })).toEqual(['identity.role-key:a-b.yaml:1'])
  })

  test('a file under another name, an unknown conflict and a conflict on one side only are problems', () => {
    expect(said({ name: 'x.yaml', text: file('a-b').text })).toEqual(['identity.role-name:x.yaml:1'])
    expect(said(file('a-b', { conflicts: '[nobody]' }))).toEqual(['identity.role-unknown:a-b.yaml:1'])
    expect(said(file('a-b', { conflicts: '[c-d]' }), file('c-d'))).toEqual([
      'identity.role-conflict-one-sided:a-b.yaml:1',
    ])
  })
})

// Handing a file over: a department gives a table that the account of its place needs; what was given stands with its hash, so that
// nobody can later say it was another. Clause A1; Statistics Law (hand-over of statistical material).
// Always holds: a file is known before it is handed over; a later one never removes an earlier one.

import { field, form, text, type Problem } from '../../../kernel/index.ts'
import { documentTable, type FindFile, type StoredFile } from '../../../core/files/index.ts'
import { insert, put, type AnyCommand, type Command, type SeriesName } from '../../../core/record/index.ts'
import { CUSTODIANS } from '../arguments.ts'
import { attached } from './attached.ts'
import { choicesOf, place, year } from './fields.ts'
import { handOverTable } from './hand-over-schema.ts'
import { officeProblem } from './problems.ts'

export const handOverSubject = (id: string): string => `gep-hand-over:${id}`
const numbers = (place: string, year: number): SeriesName => ({ kind: 'JJ', place, year })

export const department = field.choice({
  title: text('部门', 'department'),
  grade: 'public',
  choices: choicesOf(CUSTODIANS),
  example: 'forestry',
})

const input = form({
  place,
  year,
  department,
  sheet: field.text({
    title: text('应交的表', 'table owed'),
    hint: text('应交清单里的名称', 'its name in the list of what is owed'),
    max: 200,
    example: '林业数据.xlsx',
  }),
  file: field.fileHash({
    title: text('文件', 'file'),
    hint: text('上传后显示的校验值', 'the hash shown after the upload'),
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  }),
  name: field.text({ title: text('文件名', 'name of the file'), max: 200, example: '2024年林业数据.xlsx' }),
  rows: field.optional(
    field.integer({ title: text('数据行数', 'rows of data'), min: 0, max: 100_000_000, example: 36 }),
  ),
  receiver: field.text({
    title: text('接收人', 'received by'),
    hint: text('单位和姓名', 'office and name'),
    max: 100,
    example: '县发改局 王某',
  }),
  note: field.optional(field.longText({ title: text('说明', 'note'), max: 1000, example: '口径与上年相同' })),
})

const handOverInput = (findFile: FindFile): Command<typeof input, StoredFile> => ({
  name: 'handOverInput',
  version: 1,
  title: text('移交资料', 'hand inputs over'),
  clause: 'A1',
  groups: ['hand-over'],
  input,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: (i) => [`gep-year:${i.place}:${i.year}`],
  prepare: async (_, i): Promise<StoredFile | readonly Problem[]> =>
    (await findFile(i.file)) ?? [officeProblem('hand-over.no-file', { file: i.file })],
  reads: [
    (i) => ({
      sets: [{ table: handOverTable, where: { place: i.place, year: i.year } }],
      series: [numbers(i.place, i.year)],
    }),
  ],
  decide: (state, i, c, file) => {
    const all = state
      .rows(handOverTable, { place: i.place, year: i.year })
      .filter((r) => r.department === i.department && r.sheet === i.sheet)
    const old = all.find((r) => r.status === 'standing')
    if (old?.hash === i.file) return [officeProblem('hand-over.same', { number: old.number })]
    const number = state.number(numbers(i.place, i.year))
    const { zh, en } = CUSTODIANS[i.department]
    return {
      act: 'input-handed-over',
      subjects: [
        handOverSubject(c.subject),
        ...(old ? [handOverSubject(old.id)] : []),
        `gep-year:${i.place}:${i.year}`,
      ],
      rows: [
        ...(old ? [put(handOverTable, { ...old, status: 'replaced', replaced_by: c.subject })] : []),
        insert(handOverTable, {
          id: c.subject,
          number,
          place: i.place,
          year: i.year,
          department: i.department,
          sheet: i.sheet,
          hash: i.file,
          name: i.name,
          size: BigInt(file.size),
          line_count: i.rows ?? null,
          receiver: i.receiver,
          note: i.note ?? null,
          person: c.actor.person,
          role: c.actor.role,
          handed_on: c.today,
          version: all.length + 1,
          status: 'standing',
          replaced_by: null,
          act: c.subject,
        }),
        insert(
          documentTable,
          attached({
            id: c.subject,
            about: handOverSubject(c.subject),
            file,
            name: i.name,
            grade: 'internal',
            note: i.note ?? null,
            place: i.place,
          }),
        ),
      ],
      notices: [
        {
          text: text(
            `${zh}${old ? '重新' : ''}交来 ${i.year} 年资料：${i.sheet}`,
            `${en} handed over inputs of ${i.year}${old ? ' again' : ''}: ${i.sheet}`,
          ),
          toRole: 'county-clerk',
          place: i.place,
          about: handOverSubject(c.subject),
        },
      ],
      answer: { handOver: c.subject, number, version: all.length + 1 },
    }
  },
})

export const handOverCommands = (findFile: FindFile): readonly AnyCommand[] =>
  [handOverInput(findFile)] as unknown as readonly AnyCommand[]

// A small history with something in every table: permits issued, traded and retired, a correction, an approval on paper, a
// person whose name is sealed, an indicator with two values.

import { field, form, type Uuid } from '../../../kernel/index.ts'
import { table, type Migration } from '../../store/index.ts'
import { insert, type AnyCommand, type Command, type Domain } from '../model.ts'

export const villager = table({
  name: 'test_villager',
  key: ['id'],
  columns: { id: 'uuid', name: 'text', place: 'text' },
})
export const villagerMigrations: readonly Migration[] = [
  {
    id: 'test-0001-villagers',
    up: ['create table test_villager (id uuid primary key, name text not null, place text not null)'],
    check: `select to_regclass('test_villager') is not null`,
  },
]

const villagerInput = form({
  name: field.text({ title: { zh: '姓名', en: 'name' }, grade: 'personal', example: '示范户甲' }),
  place: field.region({ title: { zh: '行政区', en: 'place' }, example: '430100' }),
})
const addVillager: Command<typeof villagerInput> = {
  name: 'addVillager',
  version: 1,
  title: { zh: '登记农户', en: 'add a villager' },
  input: villagerInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: () => [],
  decide: (_, i, c) => ({
    act: 'villager-added',
    rows: [insert(villager, { id: c.subject, name: i.name, place: i.place })],
  }),
}

const valueInput = form({
  place: field.region({ title: { zh: '行政区', en: 'place' }, example: '430100' }),
  value: field.text({ title: { zh: '数值', en: 'value' }, example: '12.50' }),
})
const publishValue: Command<typeof valueInput> = {
  name: 'publishValue',
  version: 1,
  title: { zh: '发布指标', en: 'publish a value' },
  input: valueInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: (i) => [`place:${i.place}`],
  decide: (_, i, c) => ({
    act: 'value-published',
    subjects: [`place:${i.place}`],
    cards: [
      {
        id: 'water.quality',
        title: { zh: '水质', en: 'water quality' },
        definition: { zh: '断面达标率', en: 'share of sections that comply' },
        unit: '%',
        boundary: { zh: '国控断面', en: 'national sections' },
        clause: 'S2',
        overlaps: ['gep'],
        custodian: '示范县生态环境局',
        grade: 'public',
      },
    ],
    indicators: [
      {
        indicator: 'water.quality',
        place: i.place,
        period: '2025',
        dims: '',
        basis: '',
        value: i.value,
        unit: '%',
        status: 'official',
        fit: ['assessment'],
        unfit: [{ use: 'trade', why: { zh: '非交易口径', en: 'not measured for trade' } }],
        recipe: { rule: 'test@1', sections: '12' },
        legalDate: c.legalDate,
      },
    ],
    reasons: { 'value:water.quality': { rule: 'test@1' } },
    notices: [
      { text: { zh: '请核对', en: 'please look' }, toRole: 'reviewer', place: i.place, about: `place:${i.place}` },
    ],
  }),
}

export const villageDomain: Domain = {
  name: 'village',
  title: { zh: '示范', en: 'test' },
  commands: [addVillager, publishValue] as unknown as readonly AnyCommand[],
  tables: [villager],
}

export const SCAN = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
export const OTHER_ID = '0190a5b4-0000-7000-8000-00000000dead' as Uuid

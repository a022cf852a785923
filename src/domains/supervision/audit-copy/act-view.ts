// One act as this auditor may see it: fields by their titles, masks by the grade of each field. An act whose text holds a value
// above the grade in the clear gives no proof file, since a proof shows the whole text; personal values stand in the text as
// commitments and hold nothing back.

import {
  isCommitment,
  isSealed,
  MASK,
  sees,
  titleOf,
  walk,
  type Field,
  type Form,
  type Json,
  type JsonObject,
  type Text,
} from '../../../kernel/index.ts'
import type { Revealed } from '../../../core/evidence/index.ts'
import { contentOf, ERASED, type Content, type Registry } from '../../../core/record/index.ts'
import type { AuditAsk } from './model.ts'

export interface ShownField {
  readonly title: Text
  readonly value: string
  /** A document named by its hash. */
  readonly file?: string
  /** The value is the id of one of these, to be shown by name. */
  readonly names?: 'person' | 'organisation' | 'region'
}

export interface PersonalValue {
  readonly value: string | null
  readonly salt: Uint8Array | null
}

export interface ActView {
  readonly content: Content
  readonly title: Text
  readonly fields: readonly ShownField[]
  /** The text holds what this auditor may not read. */
  readonly withheld: boolean
  readonly revealed: readonly Revealed[]
  readonly answer: string
}

const formOf = (registry: Registry, command: string, version: number): Form | undefined => {
  const known = registry.findCommand(command)
  return version === known?.version ? known.input : known?.past?.[version]?.input
}

/** Commitments in the input of an act, for the values to be read before the view is made. */
export function commitmentsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return isCommitment(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value as JsonObject).flatMap(commitmentsIn)
}

export function actView(
  text: string,
  registry: Registry,
  { grade }: Pick<AuditAsk, 'grade'>,
  personal: ReadonlyMap<string, PersonalValue>,
): ActView {
  const content = contentOf(text)
  const form = formOf(registry, content.command, content.version)
  const title = registry.findCommand(content.command)?.title ?? { zh: content.command, en: content.command }
  // Who did it, where and what was answered is for inside the office.
  let withheld = !sees(grade, 'internal') || form === undefined
  const fields: ShownField[] = []
  const revealed: Revealed[] = []
  if (form)
    walk(form, content.input as JsonObject, (value, { path, field, grade: own }) => {
      const part = (field.item ?? field.fields) !== undefined && !isSealed(own)
      if (part && sees(grade, own)) return undefined
      const label = titleOf(form, path)
      if (!sees(grade, own)) {
        if (!isSealed(own)) withheld = true
        fields.push({ title: label, value: MASK })
        return value
      }
      const kept = isSealed(own) && typeof value === 'string' ? personal.get(value) : undefined
      if (isSealed(own)) {
        fields.push({ title: label, value: kept?.value ?? ERASED })
        if (typeof kept?.value === 'string' && kept.salt)
          revealed.push({ commitment: value as string, value: kept.value, salt: kept.salt })
        return value
      }
      fields.push({
        title: label,
        value: valueText(field, value),
        ...(field.kind === 'file-hash' && typeof value === 'string' ? { file: value } : {}),
        ...(field.kind === 'person' || field.kind === 'organisation' || field.kind === 'region'
          ? { names: field.kind }
          : {}),
      })
      return value
    })
  else fields.push({ title: { zh: '提交内容', en: 'input' }, value: MASK })
  return {
    content,
    title,
    fields,
    withheld,
    revealed,
    answer: sees(grade, 'internal') ? jsonText(content.answer) : MASK,
  }
}

function valueText(field: Field, value: Json): string {
  if (typeof value === 'boolean') return value ? '是 / yes' : '否 / no'
  const choice = field.choices?.find((c) => c.value === value)
  if (choice) return `${choice.title.zh}（${choice.value}）`
  if (field.kind === 'quantity' && typeof value === 'object' && value !== null) {
    const { value: number, unit } = value as { readonly value?: Json; readonly unit?: Json }
    if (typeof number === 'string') return unit === undefined || unit === '1' ? number : `${number} ${String(unit)}`
  }
  return jsonText(value)
}

/** A text as it is; what has parts as `key: value; …`. */
export function jsonText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return (value as readonly Json[]).map(jsonText).join('；')
  return Object.entries(value as JsonObject)
    .map(([k, v]) => `${k}: ${typeof v === 'object' && v !== null ? `{${jsonText(v)}}` : jsonText(v)}`)
    .join('；')
}

// The title of a line: its service, its item where that has a name of its own, its type.

import { text, type Text } from '../../../kernel/index.ts'
import type { Method } from '../methods/method.ts'
import { getService } from '../services.ts'

export function lineTitle(m: Method, item: Text, cls: string, className: (code: string) => Text): Text {
  const s = getService(m.service).title
  const c = cls === '-' ? undefined : className(cls)
  const zh = [s.zh, item.zh === s.zh ? '' : item.zh, c?.zh ?? ''].filter(Boolean).join('·')
  const en = [s.en, item.en === s.en ? '' : item.en, c?.en ?? ''].filter(Boolean).join(' · ')
  return text(zh, en)
}

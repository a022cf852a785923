// Registering a party: first of what kind, then its form, in which codes are checked while they are typed.

import { useLocation, useSearchParams, Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { Page } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Nothing } from '../states.tsx'
import { PartyForm } from './party-form.tsx'
import { isKind, KINDS, type Kind } from './words.ts'

const ABOUT: Text = {
  zh: '身份证号、统一社会信用代码当场核对校验位；号码保存后谁也看不到全号。',
  en: 'Identity numbers and credit codes are checked while they are typed; once stored, nobody sees a whole one.',
}

const commandOf = (kind: Kind): readonly [name: string, path: string] =>
  kind === 'household'
    ? ['registerHousehold', 'register-household']
    : kind === 'person'
      ? ['registerNaturalPerson', 'register-natural-person']
      : ['registerBody', 'register-body']

export function RegisterPartyPage() {
  const { t } = useLanguage()
  const { mayRun, isPending } = useMenu()
  const [words] = useSearchParams()
  const [, go] = useLocation()
  const asked = words.get('kind')
  const kind: Kind = isKind(asked) ? asked : 'household'
  const [name, command] = commandOf(kind)
  return (
    <Page title={{ zh: '登记主体', en: 'Register a party' }} about={ABOUT}>
      <nav className="tabs" aria-label={t({ zh: '主体类型', en: 'Kinds of parties' })}>
        {(Object.keys(KINDS) as Kind[]).map((k) => (
          <Link key={k} href={`/w/parties/new?kind=${k}`} {...(k === kind ? { 'aria-current': 'page' as const } : {})}>
            {t(KINDS[k])}
          </Link>
        ))}
      </nav>
      {!isPending && !mayRun(name) ? (
        <Nothing what={{ zh: '您现在的角色不能登记主体。', en: 'Your present role may not register parties.' }} />
      ) : (
        <PartyForm
          key={kind}
          command={command}
          preset={command === 'register-body' ? { kind } : {}}
          words={{ zh: '登记', en: 'Register' }}
          done={({ answer }) => go(`/w/parties/${(answer as { readonly party: string }).party}`)}
        />
      )}
    </Page>
  )
}

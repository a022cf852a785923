// The three threads of a figure or a record: 为什么 (its reason), 凭证 (its proof), 历史 (the acts of its thing). A thread
// that does not exist is not drawn.

import { Link, useLocation } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { useLanguage } from '../language.tsx'
import type { Threads } from './rows.ts'

export function ThreadLinks({ act, posting, subject }: Threads) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const [at] = useLocation()
  const here = (to: string) => (to === at ? { 'aria-current': 'page' as const } : {})
  const why = posting !== undefined ? `/w/why/posting/${posting}` : act !== undefined ? `/w/acts/${act}` : undefined
  return (
    <nav className="threads" aria-label={t({ zh: '为什么、凭证、历史', en: 'Why, proof, history' })}>
      {why !== undefined && (
        <Link href={why} {...here(why)}>
          {t({ zh: '为什么', en: 'Why' })}
        </Link>
      )}
      {act !== undefined && (
        <Link href={`/w/acts/${act}/proof`} {...here(`/w/acts/${act}/proof`)}>
          {t({ zh: '凭证', en: 'Proof' })}
        </Link>
      )}
      {subject !== undefined && mayAsk('history') && (
        <Link href={`/w/history?subject=${encodeURIComponent(subject)}`}>{t({ zh: '历史', en: 'History' })}</Link>
      )}
    </nav>
  )
}

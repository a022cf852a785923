// The three threads of a figure or a record: 为什么 (its reason), 凭证 (its proof), 历史 (the acts of its thing). A thread
// that does not exist is not drawn.

import { Link, useLocation } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { useLanguage } from '../language.tsx'
import { MOST_ACTS, textOf, type Threads } from './rows.ts'
import { useRows } from './use-rows.ts'

export function ThreadLinks({ act: given, posting, subject }: Threads) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const [at] = useLocation()
  const here = (to: string) => (to === at ? { 'aria-current': 'page' as const } : {})
  // A thing as it stands now is what its last act made of it.
  const ofSubject = given === undefined && posting === undefined && subject !== undefined && mayAsk('history')
  const history = useRows('history', { input: { subject, limit: String(MOST_ACTS) }, limit: MOST_ACTS }, ofSubject)
  const last = (history.data?.rows ?? []).filter((row) => row['correctedBy'] === undefined).at(-1)
  const act = given ?? (last && textOf(last, 'id'))
  const why = posting !== undefined ? `/w/why/posting/${posting}` : act !== undefined ? `/w/acts/${act}` : undefined
  const proof = `/w/acts/${act}/proof`
  return (
    <nav className="threads" aria-label={t({ zh: '为什么、凭证、历史', en: 'Why, proof, history' })}>
      {why !== undefined && (
        <Link href={why} {...here(why)}>
          {t({ zh: '为什么', en: 'Why' })}
        </Link>
      )}
      {act !== undefined && (
        <Link href={proof} {...here(proof)}>
          {t({ zh: '凭证', en: 'Proof' })}
        </Link>
      )}
      {subject !== undefined && mayAsk('history') && (
        <Link href={`/w/history?subject=${encodeURIComponent(subject)}`}>{t({ zh: '历史', en: 'History' })}</Link>
      )}
    </nav>
  )
}

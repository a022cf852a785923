// Bank accounts of a party: their numbers masked, and whether the check digit fits.

import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { RowsTable } from '../table/rows-table.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { Folded } from './folded.tsx'
import { PartyForm } from './party-form.tsx'

const WORDS: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  kind: {
    card: { zh: '银行卡', en: 'card' },
    account: { zh: '存折或对公账户', en: 'passbook or account of a firm' },
  },
  check: {
    passes: { zh: '✓ 校验位相符', en: '✓ its check digit fits' },
    fails: { zh: '✗ 校验位不符', en: '✗ its check digit does not fit' },
    'form-only': { zh: '只核对了位数', en: 'only its length was checked' },
    erased: { zh: '账号已删除', en: 'the number was erased' },
  },
}
const SHOWN = ['bank', 'kind', 'number', 'check', 'closed']

export function BankAccounts({ id, standing }: { readonly id: string; readonly standing: boolean }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const asked = useRows('bankAccounts', { input: { party: id } })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { rows, columns } = asked.data
  return (
    <Part title={{ zh: '银行账户', en: 'Bank accounts' }}>
      {rows.length === 0 ? (
        <Nothing what={{ zh: '没有登记银行账户。', en: 'No bank account is registered.' }} />
      ) : (
        <RowsTable
          label={t({ zh: '银行账户', en: 'Bank accounts' })}
          columns={SHOWN.flatMap((name) => columns.find((c) => c.name === name) ?? [])}
          rows={rows}
          choices={WORDS}
          struck={(row) => row['closed'] === true}
        />
      )}
      {standing && mayRun('registerBankAccount') && (
        <Folded title={{ zh: '登记银行账户', en: 'Register a bank account' }}>
          {(shut) => (
            <PartyForm
              command="register-bank-account"
              preset={{ party: id }}
              words={{ zh: '登记账户', en: 'Register it' }}
              done={shut}
            />
          )}
        </Folded>
      )}
      {mayRun('closeBankAccount') &&
        rows
          .filter((row) => row['closed'] !== true)
          .map((row) => (
            <Folded
              key={textOf(row, 'account')}
              title={{
                zh: `停用 ${textOf(row, 'bank') ?? ''} ${textOf(row, 'number') ?? ''}`,
                en: `Close the account ${textOf(row, 'number') ?? ''}`,
              }}
            >
              {(shut) => (
                <PartyForm
                  command="close-bank-account"
                  preset={{ party: id, account: textOf(row, 'account') ?? '' }}
                  words={{ zh: '停用账户', en: 'Close it' }}
                  done={shut}
                />
              )}
            </Folded>
          ))}
    </Part>
  )
}

// The sample county's account in the sample house, taken the way of every account: registered by who made it, signed off by two
// others, published. Nothing is written but by commands.

import type { Json } from '../../kernel/index.ts'
import type { SampleHouse } from './sample-house.ts'
import { submitAs } from './sample-house.ts'

/** @param pack the package of the account, `account.zip` @param year its year @returns the id of the publication
 *  @throws ProblemError what speaks against any step */
export async function addSampleAccount(
  { house, people }: SampleHouse,
  pack: Uint8Array,
  { place, year }: { readonly place: string; readonly year: number },
): Promise<string> {
  const who = (role: string): SampleHouse['people'][number] => people.find((p) => p.role === role)!
  const technician = who('technician')
  const { hash } = await house.files.put(pack)
  const answer = <T>(json: Json): T => json as unknown as T
  const { account } = answer<{ account: string }>(
    await submitAs(house, technician, 'registerAccount', { place, package: hash }),
  )
  const signed = async (to: string, by: string, remark: string): Promise<void> => {
    const { request } = answer<{ request: string }>(
      await submitAs(house, technician, 'advanceAccount', { account, to, remark }),
    )
    await submitAs(house, who(by), 'approve', { request, remark: '同意（示范）' })
  }
  await signed('preliminary', 'reviewer', '资料齐全，异常已逐项说明（示范）')
  await signed('official', 'provincial-office', '未证实的数已逐项写明采用的理由（示范）')
  const { publication } = answer<{ publication: string }>(
    await submitAs(house, who('provincial-office'), 'publishAccount', {
      account,
      titleZh: `青山县 ${year} 年生态产品总值（示范数据）`,
      titleEn: `Qingshan County ${year}: gross ecosystem product (sample data)`,
      withMap: false,
    }),
  )
  await house.publish()
  return publication
}

// What a role is called: those of the person are known from the session; of the others the code is shown.

import type { Text } from '../../kernel/index.ts'
import { useSession } from './session.tsx'

/** The roles of the house; an office that adds one sees its code until the session tells its title. */
export const ROLE_TITLES: Readonly<Record<string, Text>> = {
  administrator: { zh: '系统管理员', en: 'administrator' },
  auditor: { zh: '审计员', en: 'auditor' },
  'bank-officer': { zh: '银行信贷员', en: 'bank credit officer' },
  'county-clerk': { zh: '县级填报员', en: 'county clerk' },
  'department-contact': { zh: '部门数据联络员', en: 'department contact' },
  deputy: { zh: '人大代表', en: 'deputy' },
  'exchange-operator': { zh: '交易中心业务员', en: 'exchange operator' },
  'finance-officer': { zh: '财政结算人员', en: 'finance officer' },
  'firm-manager': { zh: '企业环保负责人', en: 'EHS manager of a firm' },
  'provincial-office': { zh: '省联席会议办公室人员', en: 'provincial office' },
  public: { zh: '公众', en: 'public' },
  reviewer: { zh: '审核专家', en: 'reviewer' },
  'security-officer': { zh: '安全管理员', en: 'security officer' },
  system: { zh: '系统', en: 'system' },
  technician: { zh: '核算技术人员', en: 'accounting technician' },
  'village-accountant': { zh: '村会计', en: 'village accountant' },
}

export function useRoleTitle(): (role: string) => Text {
  const { me } = useSession()
  return (role) => me.roles.find((r) => r.role === role)?.title ?? ROLE_TITLES[role] ?? { zh: role, en: role }
}

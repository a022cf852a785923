// The look of every screen: antd's parts with colours whose contrast is at least 4.5, line height 1.5, the fonts an
// office has, and antd's own words in the language of the page.

import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useLanguage } from './language.tsx'

/** A green as of mountains far away; on white 5.9 : 1, white on it the same. */
export const GREEN = '#1f6f50'

const THEME = {
  token: {
    colorPrimary: GREEN,
    colorInfo: '#1c5d99',
    colorLink: '#1c5d99',
    colorSuccess: '#2b6e1f',
    colorWarning: '#8a5300',
    colorError: '#b3261e',
    colorText: '#1d2721',
    colorTextSecondary: '#4a554f',
    colorTextTertiary: '#5a655f',
    colorTextQuaternary: '#5f6a64',
    colorTextPlaceholder: '#66706b',
    colorTextDisabled: '#66706b',
    colorTextDescription: '#4a554f',
    colorBorder: '#8b958f',
    colorBgLayout: '#f3f6f4',
    borderRadius: 4,
    fontSize: 14,
    lineHeight: 1.6,
    fontFamily: 'inherit',
    motion: false,
  },
  components: { Table: { cellPaddingBlockSM: 6, headerBg: '#e8efeb' } },
} as const

export function Look({ children }: { readonly children: ReactNode }) {
  const { lang } = useLanguage()
  return (
    <ConfigProvider locale={lang === 'zh' ? zhCN : enUS} theme={THEME} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  )
}

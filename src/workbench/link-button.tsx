// A link that looks like a button: one thing to reach with Tab, where a button inside a link would be two.

import { Button, type ButtonProps } from 'antd'
import { Link } from 'wouter'

export function LinkButton({
  to,
  ...look
}: Omit<ButtonProps, 'href' | 'onClick' | 'htmlType'> & { readonly to: string }) {
  return (
    <Link href={to} asChild>
      <Button {...look} />
    </Link>
  )
}

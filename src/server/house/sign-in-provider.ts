// The identity provider of the office, where it has one: what the settings of the data folder say of it.
// Always holds: the secret is not among them. It comes from the environment, or from a file beside the keys.

import * as z from 'zod'
import type { Text } from '../../kernel/index.ts'
import type { OidcSettings } from '../../core/identity/index.ts'
import { API } from '../../core/record/index.ts'

export interface SignInProvider {
  /** The issuer's address as in its metadata. */
  readonly issuer: string
  readonly clientId: string
  /** Where people open the workbench, `https://qingshan.example.gov.cn`: the provider sends them back there. */
  readonly address: string
  /** What the button on the sign-in page says. */
  readonly title: Text
}

export const PROVIDER_TITLE: Text = {
  zh: '用单位统一身份登录',
  en: 'Sign in with your office identity',
}

const word = z.string().min(1).max(500)
export const signInProvider = z.strictObject({
  issuer: word,
  clientId: word,
  address: z.url({ protocol: /^https?$/ }).max(500),
  title: z.strictObject({ zh: word, en: word }),
})

export const PROVIDER_FINISH = `${API}/oidc/finish`
/** The address that is registered at the provider. */
export const redirectUriOf = ({ address }: SignInProvider): string => new URL(PROVIDER_FINISH, address).href

/** @param secret absent for a public client */
export const oidcSettingsOf = (provider: SignInProvider, secret: string | undefined): OidcSettings => ({
  issuer: provider.issuer,
  clientId: provider.clientId,
  redirectUri: redirectUriOf(provider),
  ...(secret === undefined ? {} : { clientSecret: secret }),
})

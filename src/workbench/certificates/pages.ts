// The pages of certificates and where they stand in the menu.

import { lazy } from 'react'
import type { MenuEntry } from '../frame/menu-tree.ts'
import type { PageAt } from '../pages.ts'

export const CERTIFICATE_PAGES: readonly PageAt[] = [
  {
    path: '/w/certificates',
    page: lazy(async () => ({ default: (await import('./certificates-page.tsx')).CertificatesPage })),
  },
  { path: '/w/certificates/new', page: lazy(async () => ({ default: (await import('./issue-page.tsx')).IssuePage })) },
  {
    path: '/w/certificates/:id',
    page: lazy(async () => ({ default: (await import('./certificate-page.tsx')).CertificatePage })),
  },
]

export const CERTIFICATE_MENU: readonly MenuEntry[] = [
  { title: { zh: '证书', en: 'Certificates' }, to: '/w/certificates', needs: ['certificates'] },
  { title: { zh: '发证', en: 'Issue a certificate' }, to: '/w/certificates/new', needs: ['issueCertificate'] },
]

/** What the pages above offer at its place, so that the menu does not list it a second time. */
export const CERTIFICATE_ELSEWHERE: readonly string[] = [
  'issueCertificate',
  'supersedeCertificate',
  'revokeCertificate',
  'certificates',
]

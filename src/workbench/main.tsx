// Where the workbench begins in the browser: one root, under the language, the theme and the cache of what was asked.
// Everything it shows comes from the server of the same origin; nothing is fetched from anywhere else.

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Refused } from './api/call.ts'
import { LanguageProvider } from './language.tsx'
import { Look } from './look.tsx'
import './style.css'
import './gep/gep.css'
import './map/map.css'
import './remind/letter.css'
import './brief/brief.css'
import './handover/handover.css'
import './documents/documents.css'
import './notices/notices.css'
import './certificates/certificates.css'
import './parties/parties.css'

const asked = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // A refusal stays a refusal however often one asks; a connection may come back.
      retry: (times, e) => !(e instanceof Refused && e.status < 500) && times < 2,
    },
  },
})

createRoot(document.getElementById('workbench')!).render(
  <QueryClientProvider client={asked}>
    <LanguageProvider>
      <Look>
        <App />
      </Look>
    </LanguageProvider>
  </QueryClientProvider>,
)

// Runs and the folders they work on, as the server tells of them: uploading, looking, starting, following, cancelling.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Run } from '../../server/told/index.ts'
import { useSession } from '../api/session.tsx'
import { useUpload } from '../form/file-control.tsx'

/** The sample county instead of an uploaded folder. */
export const SAMPLE = 'sample'

export const isOver = (run: Run): boolean => run.state !== 'waiting' && run.state !== 'running'

export function useRuns() {
  const { ask } = useSession()
  return useQuery({ queryKey: ['runs'], queryFn: () => ask<{ readonly runs: readonly Run[] }>('/api/v1/runs') })
}

/** How often the server is asked where its events do not arrive. */
const LOOK_MS = 3_000

/** A run while it goes: told by events, looked up where they do not arrive. */
export function useRun(id: string | undefined): Run | undefined {
  const { ask } = useSession()
  const asked = useQueryClient()
  const [told, tell] = useState<Run>()
  const looked = useQuery({
    queryKey: ['run', id],
    queryFn: () => ask<Run>(`/api/v1/runs/${id ?? ''}`),
    enabled: id !== undefined,
    refetchInterval: (q) => (q.state.data && isOver(q.state.data) ? false : LOOK_MS),
  })
  useEffect(() => {
    if (id === undefined) return
    const events = new EventSource(`/api/v1/runs/${id}/events`)
    events.addEventListener('run', (e) => {
      const run = JSON.parse((e as MessageEvent<string>).data) as Run
      tell(run)
      if (!isOver(run)) return
      events.close()
      asked.setQueryData(['run', id], run)
      void asked.invalidateQueries({ queryKey: ['runs'] })
    })
    return () => events.close()
  }, [id, asked])
  const seen = told?.id === id ? told : undefined
  return seen && (isOver(seen) || !looked.data || !isOver(looked.data)) ? seen : looked.data
}

/** Uploads the files of a folder, or one archive, and makes a folder of them at the server. @returns its id */
export function useMakeFolder() {
  const { ask } = useSession()
  const upload = useUpload()
  return async (files: readonly File[], tell: (done: number) => void): Promise<string> => {
    const [only] = files
    if (files.length === 1 && /\.zip$/i.test(only!.name)) {
      const { hash } = await upload(only!)
      tell(1)
      return (await ask<{ readonly folder: string }>('/api/v1/folders', { method: 'POST', body: { zip: hash } })).folder
    }
    const given: { path: string; hash: string }[] = []
    for (const file of files) {
      const { hash } = await upload(file)
      given.push({ path: file.webkitRelativePath || file.name, hash })
      tell(given.length)
    }
    return (await ask<{ readonly folder: string }>('/api/v1/folders', { method: 'POST', body: { files: given } }))
      .folder
  }
}

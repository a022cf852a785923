// Looking at an uploaded folder before it is computed: the check list, changing the list by hand, the list as a workbook, accepting
// it by name.
// Always holds: a person sees their own folders only, and accepts in their own name.

import type { FastifyInstance } from 'fastify'
import { join } from 'node:path'
import * as z from 'zod'
import { civilDateIn } from '../../kernel/index.ts'
import { API } from '../../core/record/index.ts'
import { sql } from '../../core/store/index.ts'
import type { Folders } from '../jobs/index.ts'
import { readBody } from './body.ts'
import { callerOf } from './caller.ts'
import { XLSX_TYPE } from '../../core/imports/index.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

interface At {
  readonly Params: { readonly id: string }
}

export function addAccountFolderRoutes(app: FastifyInstance, serving: Serving, folders: Folders): void {
  const { house } = serving
  const rules = join(house.world.checkout, 'rules')
  const load = () => import('./account-folder.ts')
  const find = async (person: Parameters<Folders['find']>[0], id: string): Promise<string> =>
    (await folders.find(person, id))?.at ?? refuse(httpProblem('http.not-found', { what: id.slice(0, 60) }))

  app.get<At>(`${API}/folders/:id/check`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const at = await find(person, request.params.id)
    return (await load()).folderView(at, rules)
  })

  app.get<At>(`${API}/folders/:id/choices`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const at = await find(person, request.params.id)
    return (await load()).folderChoices(at, rules)
  })

  // One round trip a change: what is kept and what is wrong with it come back together.
  app.put<At>(`${API}/folders/:id/list`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const at = await find(person, request.params.id)
    const { changeList, listSchema } = await load()
    const { list } = readBody(z.strictObject({ list: listSchema }), request.body)
    return changeList(at, rules, list)
  })

  app.delete<At>(`${API}/folders/:id/list`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const at = await find(person, request.params.id)
    return (await load()).dropChanges(at, rules)
  })

  app.get<At>(`${API}/folders/:id/sheet`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const at = await find(person, request.params.id)
    const bytes = await (await load()).folderSheet(at, rules)
    return reply
      .type(XLSX_TYPE)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('输入清单.xlsx')}`)
      .send(Buffer.from(bytes))
  })

  app.post<At>(`${API}/folders/:id/accept`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const at = await find(person, request.params.id)
    const [who] = await house.store.query<{ login: string }>(sql`select login from person where id = ${person}`)
    await (await load()).acceptFolder(at, rules, who!.login, civilDateIn(house.world.now(), house.settings.zone))
    return reply.code(204).send()
  })
}

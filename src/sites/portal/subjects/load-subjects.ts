import type { SubjectScope } from '#features/subjects/subject.ts'
import { findServiceMenu, type MenuService } from '#features/service-menu/find.ts'
import type { Thing } from '#features/subjects/thing.ts'
import type { Context } from '#features/actor.ts'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import { notFound, type PageRequest } from '#platform/web/page.ts'

/** What a list of orders, tickets, incidents or contracts stands among. */
export interface Subjects<List> {
  list: List
  /** To which it is narrowed. */
  service: MenuService | undefined
  /** How many the user sees. */
  services: number
  /** Names of the user's groups. */
  groups: readonly string[]
  pins: readonly Thing[]
}

/** Reads such a list, of one service when the address names one; of a service that the user does not see there is none. */
export async function loadSubjects<List>(
  ctx: Context,
  { query }: PageRequest,
  read: (of: SubjectScope, kept: ListQuery) => Promise<List>,
): Promise<Subjects<List> | typeof notFound> {
  const { services, pins } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
  const service = services.find(({ code }) => code === query.service)
  if (query.service && !service) return notFound
  const list = await read({ serviceId: service?.id }, { service: service?.code })
  return { list, service, services: services.length, groups: ctx.actor.groups.map(({ name }) => name), pins }
}

import { beside, type Figure, short, spread } from '../report.ts'
import { floorOf, pageOf, readerOf } from '../readers.ts'
import { ratios, type Round, type Subject, takeTurns } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import { fillAccessHistory } from '../world/histories.ts'
import type { World } from '../world/world.ts'

/** Lines of the large customer: a short history, and one of two busy years. */
const lines = [100_000, 5_000_000] as const

/** Row 21: the login history, as it is opened, narrowed to one kind, to a period and to one user, and searched. */
export async function measureAccessHistory(world: World): Promise<Figure[]> {
  const administrator = await readerOf(world, readers.administrator)
  const { rows } = await world.superuser.query<{ id: string }>('select id from portal_user where mail = $1', [
    readers.rules,
  ])
  const queries = {
    opened: '',
    'locks alone': '?event=locked',
    'failures of last month': `?result=failure&from=${dayAgo(60)}&to=${dayAgo(30)}`,
    'of one user': `?user=${rows[0]?.id}`,
    'a keyword that few hold': `?q=${encodeURIComponent('利用者 4321')}`,
  }
  const taken: Map<string, Round[]>[] = []
  for (const [at, many] of lines.entries()) {
    await fillAccessHistory(world.superuser, world.customer, { from: lines[at - 1] ?? 0, to: many })
    const subjects = Object.entries(queries).map(([name, query]): Subject =>
      pageOf(world, { name, path: `/access-history${query}`, reader: administrator, times: 100 }),
    )
    taken.push(await takeTurns([floorOf(world), ...subjects]))
  }
  return Object.keys(queries).flatMap((name) => {
    const [few, all] = taken.map((each) => ratios(each.get(name) ?? [], each.get('floor') ?? []))
    if (!few || !all) return []
    return [
      {
        work: `access history of ${lines.at(-1)?.toLocaleString('en')}, ${name}`,
        measured: spread(all, ' × the floor'),
        aim: '',
        beside: beside(taken.at(-1)?.get(name) ?? []),
      },
      {
        work: `the same against ${lines[0].toLocaleString('en')}`,
        measured: `${short(all.median / few.median)} ×`,
        aim: '≤ 1.2',
      },
    ]
  })
}

function dayAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}

import { sql } from 'kysely'
import type { ChangingLine, TryingLine } from '#features/line-changes/change.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { tellAdministrators } from '#features/mails/tell-administrators.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after, days } from '#platform/time/duration.ts'
import type { Onward } from './onward.ts'
import { readOutside } from '#features/lines/outside-numbers.ts'
import { outsideTargetEmail } from './outside-target.email.ts'

/** Numbers outside that are new to a contract within a day. */
export const mostNewADay = 20

/** The numbers outside to which calls of the line may be passed on: each was confirmed once by the second factor. */
export async function findOutsideTargets(ctx: LineContext): Promise<Set<string>> {
  const { rows } = await sql<{ number: string }>`
    select t.number from pbx.outside_target t where ${ofLine(ctx, 't')}`.execute(ctx.tx)
  return new Set(rows.map(({ number }) => number))
}

/** Those of the numbers outside that nobody has confirmed yet for the line: whoever sets them shows the second factor. */
export function newOutside(
  { line }: Pick<LineContext, 'line'>,
  onwards: readonly Onward[],
  known: ReadonlySet<string>,
): string[] {
  const numbers = onwards.flatMap(({ kind, number }) => {
    const read = kind === 'outside' ? readOutside(number, line.internationalTargets) : undefined
    return read && 'number' in read && !known.has(read.number) ? [read.number] : []
  })
  return [...new Set(numbers)]
}

/** Lets calls of the line be passed on to where these lead, from now on, and tells the customer's administrators. */
export async function allowOutside(
  ctx: Confirmed<LineContext>,
  onwards: readonly Onward[],
): Promise<Outcome<void, 'too-many-today'>> {
  const { tx, now, actor, contract } = ctx
  // Held as by a change: of two at once the second counts what the first has added.
  await sql`select from pbx.line l where ${ofLine(ctx, 'l')} for no key update`.execute(tx)
  const numbers = newOutside(ctx, onwards, await findOutsideTargets(ctx))
  if (numbers.length === 0) return done()
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pbx.outside_target t
    where ${ofLine(ctx, 't')} and t.added_at > ${after(now, -1 * days)}`.execute(tx)
  if ((rows[0]?.count ?? 0) + numbers.length > mostNewADay) return refuse('too-many-today')
  await addTargets(ctx, numbers)
  await tellAdministrators(ctx, 'outside-target', (language, timeZone) =>
    outsideTargetEmail(language, { contract: contract.number, numbers, by: actor.name, at: now, timeZone }),
  )
  return done()
}

/** The same within a try, of which nothing is left. */
export async function assumeOutside(ctx: TryingLine, onwards: readonly Onward[]): Promise<void> {
  await addTargets(ctx, newOutside(ctx, onwards, await findOutsideTargets(ctx)))
}

async function addTargets(ctx: LineContext | ChangingLine, numbers: readonly string[]): Promise<void> {
  const { tx, now, actor, contract } = ctx
  await sql`insert into pbx.outside_target (customer_id, contract_id, number, added_at, added_by, added_by_name)
    select ${actor.customer.id}, ${contract.id}, number, ${now}, ${actor.userId}, ${actor.name} from unnest(${numbers}::text[]) number`.execute(
    tx,
  )
}

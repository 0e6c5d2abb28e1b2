import { sql } from 'kysely'
import type { ChangingLine } from '#features/line-changes/change.ts'
import type { Line, LineContext } from '#features/lines/open.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'

export type NumberProblem = 'number-taken' | 'out-of-range' | 'too-many'

/** Whether extensions and groups of a line may have a number. */
export function isInRange(number: string, { firstExtension, lastExtension }: Line): boolean {
  return number.length === firstExtension.length && number >= firstExtension && number <= lastExtension
}

/** The first of these that an extension or a group has already. */
async function findTaken(ctx: LineContext, numbers: readonly string[]): Promise<string | undefined> {
  const { tx, actor, contract } = ctx
  const taken = await tx
    .selectFrom('pbx.inside_number')
    .where('customer_id', '=', actor.customer.id)
    .where('contract_id', '=', contract.id)
    .where('number', '=', sql<string>`any(${numbers}::text[])`)
    .select('number')
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return taken?.number
}

/** Makes numbers for new extensions or groups; answers their ids by number. */
export async function makeNumbers(
  ctx: ChangingLine,
  kind: 'extension' | 'group',
  numbers: readonly string[],
): Promise<Outcome<Map<string, string>, NumberProblem>> {
  const { tx, actor, contract, line } = ctx
  const most = kind === 'extension' ? line.mostExtensions - line.extensions : line.mostGroups - line.callGroups
  if (numbers.length > most) return refuse('too-many')
  if (!numbers.every((number) => isInRange(number, line))) return refuse('out-of-range')
  if ((await findTaken(ctx, numbers)) !== undefined) return refuse('number-taken')
  const { rows } = await sql<{ number: string; id: string }>`
    insert into pbx.inside_number (customer_id, contract_id, number, kind)
    select ${actor.customer.id}, ${contract.id}, number, ${kind} from unnest(${numbers}::text[]) number
    returning number, id`.execute(tx)
  return done(new Map(rows.map(({ number, id }) => [number, id])))
}

/** Gives an extension or a group another number; everything that names it follows. */
export async function renumberInside(
  ctx: ChangingLine,
  { from, to }: { from: string; to: string },
): Promise<Outcome<void, NumberProblem>> {
  const { tx, actor, contract, line } = ctx
  if (!isInRange(to, line)) return refuse('out-of-range')
  if ((await findTaken(ctx, [to])) !== undefined) return refuse('number-taken')
  await tx
    .updateTable('pbx.inside_number')
    .set({ number: to })
    .where('customer_id', '=', actor.customer.id)
    .where('contract_id', '=', contract.id)
    .where('number', '=', from)
    .execute()
  return done()
}

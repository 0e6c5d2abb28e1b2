import { sql } from 'kysely'
import { makeNumbers, type NumberProblem } from '#features/inside-numbers/give.ts'
import { type Changed, changeLine } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { done, type Outcome } from '#platform/outcome.ts'

export interface NewExtensions {
  /** One, or several in a row that are named later. */
  numbers: readonly string[]
  name: string
  kana: string
  ringSeconds: number
}

/** Adds extensions, all or none; answers the id of the first. */
export async function addExtensions(
  ctx: LineContext,
  { numbers, name, kana, ringSeconds }: NewExtensions,
): Promise<Outcome<Changed<string>, NumberProblem | 'may-not-edit'>> {
  const subject = [numbers[0], numbers.length > 1 ? `–${numbers.at(-1)}` : ` ${name}`].join('').trim()
  return changeLine(ctx, { action: 'extensions-added', subject }, async (changing) => {
    const made = await makeNumbers(changing, 'extension', numbers)
    if (!made.ok) return made
    await sql`insert into pbx.extension (customer_id, contract_id, number, name, kana, ring_seconds)
      select ${ctx.actor.customer.id}, ${ctx.contract.id}, number, ${name}, ${kana}, ${ringSeconds} from unnest(${numbers}::text[]) number`.execute(
      ctx.tx,
    )
    return done(made.value.get(numbers[0] ?? '') ?? '')
  })
}

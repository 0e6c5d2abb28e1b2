import { type RawBuilder, sql } from 'kysely'
import { type Scope } from '#features/rights/scope.ts'
import type { Context } from '#features/actor.ts'
import { digitsOf } from '#platform/digits.ts'

/** For a `from`: telephone numbers and extensions that hold every term, of the contracts that a scope lets be seen; `most` of them. */
export function foundTelephones(
  { all, services, contracts }: Scope,
  terms: readonly string[],
  most: number,
): RawBuilder<unknown> {
  const ids = all === null ? contracts.ids : ''
  return sql`door.find_telephones(${terms}, ${all !== null}, ${[...services.keys()]}, string_to_array(${ids}, ',')::uuid[], ${most})`
}

/** A whole number as it is dialled within Japan, with anything between its digits or +81 before it; undefined: it is none. */
export function dialledNumber(term: string): string | undefined {
  const digits = digitsOf(term).replace(/^\+81/, '0')
  return /^0\d{9,10}$/.test(digits) ? digits : undefined
}

/** The number of the contract, of those that the actor may view, to which a telephone number belongs. */
export async function findContractOf({ tx, actor }: Context, telephone: string): Promise<string | undefined> {
  const { rows } = await sql<{ number: string }>`
    select k.number from ${foundTelephones(actor.scope, [telephone], 1)} t
    join contract k on k.customer_id = ${actor.customer.id} and k.id = t.contract_id
    where t.kind = 'number' and t.number = ${telephone}`.execute(tx)
  return rows[0]?.number
}

import { sql } from 'kysely'
import type { Many, ManyFault, WritingMany } from '../many.ts'
import { giveBackAddressTry, takeAddressTry } from './address-budget.ts'
import { noteClash } from './claim-address.ts'

interface Given {
  row: number
  mail: string
  isForeign: boolean
}

/**
 * The new addresses that users have already. Of those of other customers an administrator learns as few a day as one by one: each
 * takes a try, and none is named when they are used up; then no new address is compared at all.
 */
export async function findAddressFaults(by: WritingMany, { added, changed }: Many): Promise<ManyFault[]> {
  const given = [
    ...added.map(({ row, id, mail }) => ({ row, id, mail })),
    ...changed.flatMap(({ row, id, newMail }) => (newMail === undefined ? [] : [{ row, id, mail: newMail }])),
  ]
  if (given.length === 0) return []
  const counted = await takeAddressTry(by)
  if (!counted) return [{ row: 0, field: 'mail', problem: 'mail-unavailable' }]
  const taken = await findTaken(by, given)
  const own = taken.filter(({ isForeign }) => !isForeign)
  const [first, ...more] = taken.filter(({ isForeign }) => isForeign)
  if (!first) {
    await giveBackAddressTry(by)
    return own.map(({ row }): ManyFault => ({ row, field: 'mail', problem: 'mail-taken' }))
  }
  await noteClash(by, first.mail, counted)
  const told = [first]
  for (const each of more) {
    const another = await takeAddressTry(by)
    if (!another) break
    await noteClash(by, each.mail, another)
    told.push(each)
  }
  return told.map(({ row }): ManyFault => ({ row, field: 'mail', problem: 'mail-unavailable' }))
}

async function findTaken(
  { tx, actor }: WritingMany,
  given: readonly { row: number; id: string; mail: string }[],
): Promise<Given[]> {
  const { rows } = await sql<Given>`
    select given.row, given.mail, u.customer_id <> ${actor.customer.id} as "isForeign"
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(row integer, id uuid, mail text)
    join portal_user u on u.login_id = fold_text(given.mail) and u.state <> 'deleted' and u.id <> given.id
    order by given.row`.execute(tx)
  return rows
}

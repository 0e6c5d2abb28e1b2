import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { Phrase } from '#platform/words.ts'

/** What groups a user can be in, and what depends on them. */
export interface GroupChoices {
  /** By their numbers, the automatic one first. */
  groups: { id: string; name: string; isAutomatic: boolean }[]
  /** Services of the customer with a settings site, as users call them. */
  settingsNames: Phrase[]
}

export async function findGroupChoices({ tx, actor }: Context): Promise<GroupChoices> {
  const { rows } = await sql<GroupChoices>`
    select coalesce((
        select json_agg(json_build_object('id', id, 'name', name, 'isAutomatic', is_automatic) order by number)
        from user_group where customer_id = ${actor.customer.id}), '[]') as groups,
      coalesce((
        select json_agg(settings_name order by position) from service where settings_name is not null and id in (
          select service_id from contract_count where customer_id = ${actor.customer.id} and contracts > 0)), '[]') as "settingsNames"`.execute(
    tx,
  )
  const [choices] = rows
  if (!choices) throw new Error('A select without from answers one row')
  return choices
}

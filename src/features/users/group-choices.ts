import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type Json, jsonRow, only, rowsOf, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** What groups a user can be in, and what depends on them. */
export interface GroupChoices {
  /** By their numbers, the automatic one first. */
  groups: { id: string; name: string; isAutomatic: boolean }[]
  /** Services of the customer with a settings site, as users call them. */
  settingsNames: Phrase[]
}

export async function findGroupChoices({ tx, actor }: Context): Promise<GroupChoices> {
  const choices = jsonRow<GroupChoices>({
    groups: rowsOf(groupChoice, {
      from: sql`user_group where customer_id = ${actor.customer.id}`,
      orderBy: sql`number`,
    }),
    settingsNames: value(sql`coalesce((
      select json_agg(settings_name order by position) from service where settings_name is not null and id in (
        select service_id from contract_count where customer_id = ${actor.customer.id} and contracts > 0)), '[]')`),
  })
  const { rows } = await sql<Json<GroupChoices>>`select ${choices.columns}`.execute(tx)
  return choices.read(only(rows))
}

const groupChoice = jsonRow<GroupChoices['groups'][number]>({
  id: value('id'),
  name: value('name'),
  isAutomatic: value('is_automatic'),
})

import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { after, days } from '#platform/time/duration.ts'
import type { ChangeAction, SubjectKind } from './actions.ts'

export interface LastChange {
  /** Null: the operator. */
  byId: string | null
  by: string
  at: Date
  action: ChangeAction
}

/** What may have been changed. */
export interface Changeable {
  kind: SubjectKind
  id: string
  /** Of all that is done to it, this alone. */
  actions?: readonly ChangeAction[]
  /** The mail address of a user, whose groups belong to it: those are told by the history of the groups. */
  memberMail?: string
}

/** Who changed a thing last, when, and how; for an actor whose own change comes too late. */
export async function findLastChange({ tx, actor, now }: Context, thing: Changeable): Promise<LastChange | undefined> {
  const { kind, id, actions, memberMail } = thing
  const isOne = actions ? sql`and h.action = any(${actions}::text[])` : sql``
  const isOfGroups =
    memberMail === undefined
      ? sql`false`
      : // No form is older: a login lasts half a day.
        sql`h.subject_kind = 'user-group' and h.action in ('user-group-members-added', 'user-group-members-removed')
          and h.at > ${after(now, -1 * days)}
          and position(${`<${memberMail}>`} in coalesce(h.after ->> 'users', h.before ->> 'users', '')) > 0`
  const columns = sql`h.id, h.at, h.actor_id as "byId", h.actor_name as by, h.action`
  const { rows } = await sql<LastChange>`
    select at, "byId", by, action from (
      (select ${columns} from change_history h
        where h.customer_id = ${actor.customer.id} and h.subject_kind = ${kind} and h.subject_id = ${id} ${isOne}
        order by h.at desc, h.id desc limit 1)
      union all
      (select ${columns} from change_history h where h.customer_id = ${actor.customer.id} and ${isOfGroups}
        order by h.at desc, h.id desc limit 1)) h
    order by at desc, id desc limit 1`.execute(tx)
  return rows[0]
}

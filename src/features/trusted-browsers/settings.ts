import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { byUserName } from '#features/user-order.ts'
import type { Confirmed } from '#platform/context.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { isTrustedAt, mayTrust } from './rule.ts'

/** What a customer says of trusted browsers. */
export interface TrustSettings {
  /** Whether users may skip the second step at all. */
  isOn: boolean
  /** Users for whom the answer is another than for all. */
  ownAnswers: number
  users: number
  version: number
}

export async function findTrustSettings({ tx, actor }: Context): Promise<TrustSettings> {
  const { rows } = await sql<TrustSettings>`
    select c.trusts_browsers as "isOn", c.settings_version as version, n.users, n.own as "ownAnswers"
    from customer c cross join lateral (
      select count(*)::int as users, (count(*) filter (where u.may_trust is not null))::int as own
      from portal_user u where u.customer_id = c.id and u.urgency is not null) n
    where c.id = ${actor.customer.id}`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('The customer of a session is there')
  return found
}

export interface TrustChange {
  isOn: boolean
  /** 「同時に全ユーザーを変更」: nobody has an answer of their own any longer. */
  appliesToAll: boolean
  version: number
}

/** Says it for all users. Switched off, no browser is trusted any longer, not even when it is switched on again. */
export async function setTrust(
  ctx: Confirmed<Context>,
  { isOn, appliesToAll, version }: TrustChange,
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const { tx, actor } = ctx
  const former = await findTrustSettings(ctx)
  const changed = await tx
    .updateTable('customer')
    .set({ trusts_browsers: isOn, settings_version: version + 1 })
    .where('id', '=', actor.customer.id)
    .where('settings_version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return refuse('changed-meanwhile')
  if (appliesToAll)
    await tx
      .updateTable('portal_user')
      .set({ may_trust: null })
      .where('customer_id', '=', actor.customer.id)
      .where('may_trust', 'is not', null)
      .execute()
  const ended = isOn ? 0 : await forgetAll(ctx)
  await recordChange(ctx, {
    action: 'browser-trust-changed',
    subject: { kind: 'customer', id: actor.customer.id, name: actor.customer.name },
    before: { trustsBrowsers: former.isOn },
    after: {
      trustsBrowsers: isOn,
      ...(appliesToAll && { usersReset: former.ownAnswers }),
      ...(!isOn && { browsers: ended }),
    },
  })
  return done()
}

async function forgetAll({ tx, actor }: Context): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('trusted_browser')
    .where('customer_id', '=', actor.customer.id)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** A user, as the skipping of the second step sees one. */
export interface TrustUser {
  id: string
  name: string
  mail: string
  may: boolean
  /** Null: as it is for all. */
  own: boolean | null
  /** Browsers that are trusted now. */
  browsers: number
}

const answers = ['allowed', 'not-allowed'] as const

/** The users of the customer, those with an answer of their own first. */
export const trustUserList = defineList({
  seen: ({ actor, now }: Context) => sql`seen as (
    select u.id, u.name, u.kana_order, u.mail, u.search, u.may_trust as own, ${mayTrust} as may, (u.may_trust is null)::int as place,
      case when ${mayTrust} then 'allowed' else 'not-allowed' end as answer,
      (select count(*)::int from trusted_browser t where t.customer_id = u.customer_id and t.user_id = u.id and ${isTrustedAt(now)}) as browsers
    from portal_user u join customer c on c.id = u.customer_id where u.customer_id = ${actor.customer.id} and u.urgency is not null)`,
  row: jsonRow<TrustUser>({
    id: value('r.id'),
    name: value('r.name'),
    mail: value('r.mail'),
    may: value('r.may'),
    own: value('r.own'),
    browsers: value('r.browsers'),
  }),
  search: (terms) => sql`r.search like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))`,
  facets: { answer: { values: answers, column: 'r.answer' } },
  sortedBy: { place: ascending(byInteger('r.place')), name: ascending() },
  last: byUserName,
})

/** Gives users an answer of their own, or that of all; answers how many. Who may not has no trusted browser any longer. */
export async function setUserTrust(
  ctx: Confirmed<Context>,
  { ids, may }: { ids: readonly string[]; may: boolean | null },
): Promise<number> {
  const { tx, actor } = ctx
  const { rows } = await sql<{ id: string; name: string; former: boolean | null }>`
    with former as (
      select u.id, u.may_trust from portal_user u where u.customer_id = ${actor.customer.id} and u.id = any(${ids}::uuid[])
        and u.urgency is not null and u.may_trust is distinct from ${may}::boolean order by u.id for update)
    update portal_user u set may_trust = ${may}::boolean from former f
    where u.customer_id = ${actor.customer.id} and u.id = f.id
    returning u.id, u.name, f.may_trust as former`.execute(tx)
  if (may === false)
    await tx
      .deleteFrom('trusted_browser')
      .where('customer_id', '=', actor.customer.id)
      .where(sql<boolean>`user_id = any(${ids}::uuid[])`)
      .execute()
  for (const { id, name, former } of rows)
    await recordChange(ctx, {
      action: 'user-browser-trust-changed',
      subject: { kind: 'user', id, name },
      before: { mayTrust: former },
      after: { mayTrust: may },
    })
  return rows.length
}

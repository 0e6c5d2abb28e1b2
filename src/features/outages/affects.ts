import { type RawBuilder, sql } from 'kysely'

/**
 * 影響範囲: the contracts for which all that is named holds, each by one of its values; and beside them those that are named by their
 * numbers. Codes and numbers are the operator's own, so that it means the same when contracts come and go.
 */
export interface Affects {
  services?: readonly string[] | undefined
  /** By the customer's code and the site's. */
  sites?: readonly { customer: string; site: string }[] | undefined
  groupNumbers?: readonly string[] | undefined
  /** Of JIS X 0401: 1 to 47. */
  prefectures?: readonly number[] | undefined
  contracts?: readonly string[] | undefined
}

/** Contracts named one by one; more are named by what they have in common. */
export const mostNumbers = 100_000

export function isEmpty(affects: Affects): boolean {
  return Object.values(affects).every((values: readonly unknown[] | undefined = []) => values.length === 0)
}

/** Without what names nothing. */
export function withoutEmpty(affects: Affects): Affects {
  return Object.fromEntries(
    Object.entries(affects).filter(([, values]: [string, readonly unknown[] | undefined]) => (values ?? []).length > 0),
  )
}

const mostInHistory = 50

/** As a history tells it: of many the first, and how many there are. */
export function summaryOf({ sites = [], ...others }: Affects): string {
  const all = { ...others, sites: sites.map(({ customer, site }) => `${customer} ${site}`) }
  return Object.entries<readonly (string | number)[] | undefined>(all)
    .flatMap(([name, values = []]) => {
      if (values.length === 0) return []
      const more = values.length > mostInHistory ? ` … (${values.length})` : ''
      return `${name}: ${values.slice(0, mostInHistory).join(', ')}${more}`
    })
    .join('; ')
}

/** A select of the contracts that are affected now: `customer_id` and `id`. */
export function affectedContracts(affects: Affects): RawBuilder<unknown> {
  const conditions = conditionsOf(affects)
  const { contracts = [] } = affects
  const byFilter = conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` and `)})`
  const byNumber = contracts.length === 0 ? sql`false` : sql`k.number = any(${contracts}::text[])`
  // Each is sought by its own index.
  return sql`
    select k.customer_id, k.id from contract k where k.ended_on is null and k.moved_on is null and ${byFilter}
    union select k.customer_id, k.id from contract k where k.ended_on is null and k.moved_on is null and ${byNumber}`
}

function conditionsOf({ services, sites, groupNumbers, prefectures }: Affects): RawBuilder<unknown>[] {
  const named = <Value>(values: readonly Value[] | undefined, of: (values: readonly Value[]) => RawBuilder<unknown>) =>
    values && values.length > 0 ? [of(values)] : []
  return [
    ...named(services, (codes) => sql`k.service_id in (select id from service where code = any(${codes}::text[]))`),
    ...named(
      sites,
      (all) => sql`k.site_id in (
        select t.id from site t join customer c on c.id = t.customer_id
        join jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as g (customer text, site text) on g.customer = c.code and g.site = t.code)`,
    ),
    ...named(groupNumbers, (numbers) => sql`k.group_number = any(${numbers}::text[])`),
    ...named(
      prefectures,
      (codes) => sql`k.site_id in (select site_id from site_place where prefecture = any(${codes}::int[]))`,
    ),
  ]
}

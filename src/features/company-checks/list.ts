import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { seenBy } from '#features/rights/seen.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import type { Finding } from '#features/line-checks/find.ts'
import { type FindingKind, findingKinds } from '#features/line-checks/findings.ts'

/** What a finding of any line is about, for whoever looks at all of them: the gravest first. */
export const findingMatters = ['dead-number', 'unanswered', 'hours', 'unused-extension'] as const
export type FindingMatter = (typeof findingMatters)[number]

const matterOf: Record<FindingKind, FindingMatter> = {
  'number-without-target': 'dead-number',
  'number-to-disabled': 'dead-number',
  'group-without-phones': 'dead-number',
  loop: 'unanswered',
  'plan-cut': 'unanswered',
  'group-then-disabled': 'unanswered',
  'number-ended': 'unanswered',
  'outside-is-own': 'unanswered',
  'calendar-always-closed': 'hours',
  'holidays-unset': 'hours',
  'override-lasts': 'hours',
  'extension-unreached': 'unused-extension',
}

/** A finding in one of the lines that somebody sees. */
export interface CompanyFinding extends Finding {
  matter: FindingMatter
  contract: { id: string; number: string; site: string | null; memo: string }
}

/** What the settings check finds in all lines that the actor sees. */
export const companyFindings = defineList({
  seen: ({ actor, now }: Context) => {
    const { ruled, isSeen } = seenBy(actor.scope)
    return sql`${ruled}, mine as materialized (
      select k.id, k.number, t.name as site, k.memo from contract k
      left join site t on t.customer_id = k.customer_id and t.id = k.site_id
      where k.customer_id = ${actor.customer.id} and k.ended_on is null and ${isSeen({ id: 'k.id', service: 'k.service_id' })}
    ), seen as (
      select f.kind, f.about, f.number, f.id, f.path, f.name, mine.id as contract_id, mine.number as contract, mine.site, mine.memo,
        m.matter, array_position(${[...findingMatters]}::text[], m.matter) as urgency,
        -- Tells rows apart that are about the same.
        concat_ws(' ', f.id, f.kind, array_to_string(f.path, ' ')) as place
      from door.findings_of(array(select id from mine), ${now}) f join mine on mine.id = f.contract_id
      join unnest(${findingKinds.map((kind) => kind)}::text[], ${findingKinds.map((kind) => matterOf[kind])}::text[]) m (kind, matter)
        on m.kind = f.kind
    )`
  },
  row: jsonRow<CompanyFinding>({
    kind: value('r.kind'),
    about: value('r.about'),
    number: value('r.number'),
    id: value('r.id'),
    path: value('r.path'),
    name: value('r.name'),
    matter: value('r.matter'),
    contract: jsonRow<CompanyFinding['contract']>({
      id: value('r.contract_id'),
      number: value('r.contract'),
      site: value('r.site'),
      memo: value('r.memo'),
    }),
  }),
  search: ['r.number', 'r.name', 'r.contract', 'r.site', 'r.memo'],
  facets: { matter: { values: findingMatters, column: 'r.matter' } },
  sortedBy: {
    matter: ascending(byInteger('r.urgency'), byText('r.contract')),
    contract: ascending(byText('r.contract')),
    number: ascending(byText('r.number')),
    name: ascending(byText('r.name')),
  },
  last: [byText('r.number'), byText('r.place')],
})

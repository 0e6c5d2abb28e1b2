import { sql } from 'kysely'
import type { StaffContext } from '#features/staff/context.ts'
import { at, type Json, jsonRow, phrase, rowsOf, value, when } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText, byTime } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import { type NoticeKind, noticeKinds } from './list.ts'

/** How far a notice has come, as the operator has it. */
export const campaignStates = ['draft', 'published', 'withdrawn'] as const
export type CampaignState = (typeof campaignStates)[number]

/** Whom a notice is for: of these customers (or all) those who see a contract of these services (or all), or administrators alone. */
export interface Audience {
  /** Ids; null: all. */
  customers: readonly string[] | null
  services: readonly string[] | null
  isForAdministrators: boolean
}

/** What is written of a notice before it is published. */
export interface CampaignText {
  kind: NoticeKind
  title: Phrase
  body: Phrase
  isImportant: boolean
  byMail: boolean
  publishedAt: Date
  endsAt: Date | null
}

export interface Campaign extends CampaignText {
  id: string
  number: number
  state: CampaignState
  /** With their names; null: all. */
  customers: { id: string; code: string; name: string }[] | null
  services: { id: string; name: Phrase }[] | null
  isForAdministrators: boolean
  /** S-0042 */
  madeBy: string
  updatedAt: Date
  version: number
}

interface ListedCampaign extends Pick<
  Campaign,
  'id' | 'kind' | 'state' | 'title' | 'isImportant' | 'publishedAt' | 'endsAt' | 'madeBy'
> {
  /** Null: all. */
  customers: number | null
  services: number | null
  isForAdministrators: boolean
}

/** All that staff have written, the newest first. What files bring is not among it. */
export const campaignList = defineList({
  seen: (_ctx: StaffContext) => sql`seen as (select r.* from notice_campaign r)`,
  row: jsonRow<ListedCampaign>({
    id: value('r.id'),
    kind: value('r.kind'),
    state: value('r.state'),
    title: phrase('r.title'),
    isImportant: value('r.is_important'),
    publishedAt: at('r.published_at'),
    endsAt: at('r.ends_at'),
    madeBy: value('r.made_by'),
    customers: value(sql`cardinality(r.customers)`),
    services: value(sql`cardinality(r.for_services)`),
    isForAdministrators: value('r.for_administrators'),
  }),
  search: ['r.title_ja', 'r.title_en', 'r.body_ja', 'r.body_en'],
  facets: {
    state: { values: campaignStates, column: 'r.state' },
    kind: { values: noticeKinds, column: 'r.kind' },
  },
  sortedBy: { published: descending(byTime('r.published_at')) },
  last: [byText(sql`r.id::text`)],
})

export async function findCampaign({ tx }: Pick<StaffContext, 'tx'>, id: string): Promise<Campaign | undefined> {
  const { rows } = await sql<Json<Campaign>>`select ${row.columns} from notice_campaign r where r.id = ${id}`.execute(
    tx,
  )
  return rows[0] && row.read(rows[0])
}

export function audienceOf({ customers, services, isForAdministrators }: Campaign): Audience {
  return {
    customers: customers?.map(({ id }) => id) ?? null,
    services: services?.map(({ id }) => id) ?? null,
    isForAdministrators,
  }
}

const row = jsonRow<Campaign>({
  id: value('r.id'),
  number: value('r.number'),
  kind: value('r.kind'),
  state: value('r.state'),
  title: phrase('r.title'),
  body: phrase('r.body'),
  isImportant: value('r.is_important'),
  byMail: value('r.by_mail'),
  publishedAt: at('r.published_at'),
  endsAt: at('r.ends_at'),
  customers: when(
    sql`r.customers is not null`,
    rowsOf(jsonRow({ id: value<string>('c.id'), code: value<string>('c.code'), name: value<string>('c.name') }), {
      from: sql`customer c where c.id = any(r.customers)`,
      orderBy: sql`c.code`,
    }),
  ),
  services: when(
    sql`r.for_services is not null`,
    rowsOf(jsonRow({ id: value<string>('s.id'), name: phrase('s.name') }), {
      from: sql`service s where s.id = any(r.for_services)`,
      orderBy: sql`s.name_ja`,
    }),
  ),
  isForAdministrators: value('r.for_administrators'),
  madeBy: value('r.made_by'),
  updatedAt: at('r.updated_at'),
  version: value('r.version'),
})

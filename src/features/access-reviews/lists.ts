import { type RawBuilder, sql } from 'kysely'
import type { Context, Role } from '#features/actor.ts'
import { type Level, levels } from '#features/rights/level.ts'
import { type Fact, mapped, only, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byId, byInteger, byNumber, byText } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import { reviewRows } from './inner/rows.ts'
import type { Finding, GroupFinding, ReviewScope, ReviewSource, UserFinding } from './source.ts'
import { besideReview } from './tally.ts'

/** A group with the name it had. */
export interface ReviewedGroup {
  id: string
  number: string
  name: string
  isAutomatic: boolean
}

/** A user as of the moment of a review. */
export interface UserReviewed {
  id: string
  name: string
  /** How the name is read, if it is known. */
  kana: string
  mail: string
  role: Role
  state: 'awaiting-registration' | 'active' | 'suspended'
  /** Whether the period of use had not begun, or was over. Absent in reviews from before periods were recorded. */
  isOutside?: boolean | undefined
  groups: ReviewedGroup[]
  /** The highest that a group gives for anything; null: none gives any. */
  level: Level | null
  lastSignIn: Date | null
  /** When a memo or settings were changed last; null: never, as far as the history goes. */
  lastEdit: Date | null
  findings: UserFinding[]
}

export interface GroupReviewed extends ReviewedGroup {
  members: number
  /** How many rules it has. */
  rights: number
  level: Level | null
  findings: GroupFinding[]
}

/** A rule of a group: for a service, for a contract, or with neither for all services. */
export interface RightReviewed {
  id: string
  group: ReviewedGroup
  service: Phrase | null
  contract: string | null
  level: Level
  /** Who has it. */
  members: number
}

/** In JSON moments are text. */
type Told<Row> = { [Name in keyof Row]: Row[Name] extends Date | null ? string | null : Row[Name] }

/** 2: edit. 0: no right at all. */
const placeOfLevel: RawBuilder<unknown> = sql`(case r.level when 'edit' then 2 when 'view' then 1 else 0 end)`

/** The users there were, with what was found of them. */
export const reviewedUsers = defineList({
  seen: (ctx: Context, { source, groupId }: ReviewScope) => sql`${reviewRows(ctx, source)}, seen as (
    select told, told ->> 'name' as name, told ->> 'kana' as kana, kana_order(told ->> 'kana') as kana_order, told ->> 'mail' as mail, (told ->> 'level')::right_level as level,
      coalesce(extract(epoch from (told ->> 'lastSignIn')::timestamptz), 0) as signed_in,
      coalesce(extract(epoch from (told ->> 'lastEdit')::timestamptz), 0) as edited
    from user_row where ${groupId ? sql`told -> 'groups' @> ${JSON.stringify([{ id: groupId }])}::jsonb` : sql`true`})`,
  row: toldBy(userOf),
  within: (_ctx, { finding }) => hasFinding(finding),
  search: ['r.name', 'r.kana', 'r.mail'],
  sortedBy: {
    user: ascending(byText('r.kana_order'), byText('r.name')),
    level: descending(byInteger(placeOfLevel)),
    'last-login': descending(byNumber(sql`r.signed_in`)),
    'last-edit': descending(byNumber(sql`r.edited`)),
  },
  last: [byText('r.mail')],
  beside: (_ctx: Context, scope: ReviewScope) => besideReview(scope),
})

/** The groups there were. */
export const reviewedGroups = defineList({
  seen: (ctx: Context, { source }: ReviewScope) => sql`${reviewRows(ctx, source)}, seen as (
    select told, told ->> 'number' as number, told ->> 'name' as name, (told ->> 'level')::right_level as level,
      (told ->> 'members')::int as members, (told ->> 'rights')::int as rights from group_row)`,
  row: toldBy<GroupReviewed>((group) => group),
  within: (_ctx, { finding }) => hasFinding(finding),
  search: ['r.name', 'r.number'],
  sortedBy: {
    number: ascending(),
    group: ascending(byText('r.name')),
    members: descending(byInteger('r.members')),
    level: descending(byInteger(placeOfLevel)),
    rights: descending(byInteger('r.rights')),
  },
  last: [byText('r.number')],
  beside: (_ctx: Context, scope: ReviewScope) => besideReview(scope),
})

/** The rules of the groups: who has which right by which group. */
export const reviewedRights = defineList({
  seen: (ctx: Context, { source, userId, groupId }: ReviewScope) => sql`${reviewRows(ctx, source)}, seen as (
    select (told ->> 'id')::uuid as id, told, told -> 'group' ->> 'number' as number, told -> 'group' ->> 'name' as name, told ->> 'contract' as contract,
      told -> 'service' ->> 'ja' as service_ja, told -> 'service' ->> 'en' as service_en, (told ->> 'level')::right_level as level
    from right_row where ${groupId ? sql`told -> 'group' ->> 'id' = ${groupId}` : sql`true`} and ${
      userId
        ? sql`told -> 'group' ->> 'id' in (
            select jsonb_array_elements(told -> 'groups') ->> 'id' from user_row where told ->> 'id' = ${userId})`
        : sql`true`
    })`,
  row: toldBy<RightReviewed>((right) => right),
  search: ['r.name', 'r.number', 'r.contract', 'r.service_ja', 'r.service_en'],
  facets: { level: { values: levels, column: 'r.level' } },
  sortedBy: {
    group: ascending(
      byText('r.number'),
      byText(sql`coalesce(r.contract, '')`),
      byText(sql`coalesce(r.service_ja, '')`),
    ),
    what: ascending(byText((language) => sql`concat(${sql.ref(`r.service_${language}`)}, r.contract)`)),
  },
  last: [byId('r.id')],
  beside: (_ctx: Context, scope: ReviewScope) => besideReview(scope),
})

function hasFinding(finding: Finding | undefined): RawBuilder<boolean> {
  return finding ? sql<boolean>`r.told -> 'findings' @> to_jsonb(${finding}::text)` : sql<boolean>`true`
}

function userOf({ lastSignIn, lastEdit, ...user }: Told<UserReviewed>): UserReviewed {
  return { ...user, lastSignIn: momentOf(lastSignIn), lastEdit: momentOf(lastEdit) }
}

function toldBy<Row>(read: (told: Told<Row>) => Row): Fact<Row> {
  return mapped(value<Told<Row>>('r.told'), read)
}

function momentOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

export interface ReviewReport {
  users: UserReviewed[]
  groups: GroupReviewed[]
  rights: RightReviewed[]
}

/** The first rows of each kind, as many as are printed. */
export async function readReport(ctx: Context, source: ReviewSource, most: number): Promise<ReviewReport> {
  const first = (rows: string): RawBuilder<unknown> => sql`
    coalesce((select json_agg(told order by position) from ${sql.table(rows)} where position <= ${most}), '[]')`
  const { rows } = await sql<{ users: Told<UserReviewed>[]; groups: GroupReviewed[]; rights: RightReviewed[] }>`
    with ${reviewRows(ctx, source)}
    select ${first('user_row')} as users, ${first('group_row')} as groups, ${first('right_row')} as rights`.execute(
    ctx.tx,
  )
  const { users, ...others } = only(rows)
  return { ...others, users: users.map(userOf) }
}

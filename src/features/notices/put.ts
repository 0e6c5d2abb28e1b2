import { sql } from 'kysely'
import type { CustomerContext, OperatorContext } from '#features/operator-context.ts'
import { findServiceIds, type Ids } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, type Misfit, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'

/** News, or word of works. Its moments have their offsets. */
export interface NoticeEntry {
  code: string
  kind: 'news' | 'works'
  title: Phrase
  /** Plain text; its lines are kept. */
  body: Phrase
  publishedAt: string
  endsAt?: string | undefined
  /** The codes of services of one of which a reader sees a contract; absent: everybody. */
  forServices?: readonly string[] | undefined
  forAdministrators?: boolean | undefined
}

const noticeTable: KeyedTable = {
  name: 'notice',
  key: ['code'],
  kept: {
    code: 'text',
    kind: 'notice_kind',
    title_ja: 'text',
    title_en: 'text',
    body_ja: 'text',
    body_en: 'text',
    published_at: 'timestamptz',
    ends_at: 'timestamptz',
    for_services: 'uuid[]',
    for_administrators: 'boolean',
  },
  once: { customer_id: 'uuid' },
  owner: 'customer_id',
}

/** For the customer of the context; without one, for every customer. */
export type NoticeContext = OperatorContext & Partial<CustomerContext>

/** Makes the notices that are missing, and changes those that differ. None is ever for others than in the beginning. */
export async function putNotices(
  ctx: NoticeContext,
  entries: readonly NoticeEntry[],
): Promise<PutOutcome<'stands-twice' | 'for-others' | 'unknown-service'>> {
  const services = await findServiceIds(ctx)
  const refused =
    refuseMisfits(findTwice(codesOf(entries), 'code')) ??
    refuseMisfits(await findForOthers(ctx, entries)) ??
    refuseMisfits(findUnknownServices(entries, services))
  if (refused) return refused
  const rows = entries.map((entry) => ({
    customer_id: ctx.customer?.id,
    code: entry.code,
    kind: entry.kind,
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    body_ja: entry.body.ja,
    body_en: entry.body.en,
    published_at: entry.publishedAt,
    ends_at: entry.endsAt,
    for_services: entry.forServices?.map((code) => services.get(code)) ?? null,
    for_administrators: entry.forAdministrators ?? false,
  }))
  return done(await upsert(ctx, noticeTable, rows))
}

function findUnknownServices(entries: readonly NoticeEntry[], services: Ids): Misfit<'unknown-service'>[] {
  return entries.flatMap(({ forServices = [] }, entry) =>
    forServices.flatMap((value, place): Misfit<'unknown-service'>[] =>
      services.has(value) ? [] : [{ entry, at: ['forServices', place], problem: 'unknown-service', value }],
    ),
  )
}

/** The codes of those for the same readers that have not ended, and that the entries do not name. */
export async function findUnnamedNotices(
  { tx, now, customer }: NoticeContext,
  entries: readonly NoticeEntry[],
): Promise<string[]> {
  const open = sql`
    select code as name from notice
    where customer_id is not distinct from ${customer?.id ?? null}::uuid and campaign_id is null and (ends_at is null or ends_at > ${now})`
  return findUnnamed(tx, open, codesOf(entries))
}

/** What one customer was told is never shown to another by a slip. */
async function findForOthers(
  { tx, customer }: NoticeContext,
  entries: readonly NoticeEntry[],
): Promise<Misfit<'for-others'>[]> {
  const { rows } = await sql<{ entry: number; value: string }>`
    select given.position::int - 1 as entry, code as value from unnest(${codesOf(entries)}::text[]) with ordinality as given(code, position)
    join notice using (code) where notice.customer_id is distinct from ${customer?.id ?? null}::uuid`.execute(tx)
  return rows.map((row) => ({ ...row, at: ['code'], problem: 'for-others' }))
}

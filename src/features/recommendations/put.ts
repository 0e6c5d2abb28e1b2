import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'
import { findServiceIds, type Ids } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, findUnknown, type Misfit, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'

/** What the operator commends. */
export interface RecommendationEntry {
  code: string
  /** On the page. */
  position: number
  /** The code of what is commended, if it is a service. */
  service?: string | undefined
  title: Phrase
  text: Phrase
  url?: string | undefined
  /** Shown to everybody, or to whoever sees a contract of one of the services with these codes. */
  for: 'all' | readonly string[]
  /** A moment with its offset; not shown any longer. */
  endsAt?: string | undefined
}

const recommendationTable: KeyedTable = {
  name: 'recommendation',
  key: ['code'],
  kept: {
    code: 'text',
    position: 'integer',
    service_id: 'uuid',
    for_services: 'uuid[]',
    title_ja: 'text',
    title_en: 'text',
    text_ja: 'text',
    text_en: 'text',
    url: 'text',
    ends_at: 'timestamptz',
  },
}

/** Makes the recommendations that are missing, and changes those that differ. */
export async function putRecommendations(
  ctx: OperatorContext,
  entries: readonly RecommendationEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-service'>> {
  const services = await findServiceIds(ctx)
  const refused =
    refuseMisfits(findTwice(codesOf(entries), 'code')) ?? refuseMisfits(findUnknownServices(entries, services))
  if (refused) return refused
  const rows = entries.map(({ code, position, service, for: readers, title, text, url, endsAt }) => ({
    code,
    position,
    service_id: service && services.get(service),
    for_services: readers === 'all' ? null : readers.map((name) => services.get(name)),
    title_ja: title.ja,
    title_en: title.en,
    text_ja: text.ja,
    text_en: text.en,
    url,
    ends_at: endsAt,
  }))
  return done(await upsert(ctx, recommendationTable, rows))
}

/** The codes of those that have not ended, and that the entries do not name. */
export async function findUnnamedRecommendations(
  { tx, now }: OperatorContext,
  entries: readonly RecommendationEntry[],
): Promise<string[]> {
  const open = sql`select code as name from recommendation where ends_at is null or ends_at > ${now}`
  return findUnnamed(tx, open, codesOf(entries))
}

function findUnknownServices(entries: readonly RecommendationEntry[], services: Ids): Misfit<'unknown-service'>[] {
  const readers = entries.flatMap(({ for: names }, entry) => {
    const unknown = names === 'all' ? [] : names.map((value, place) => ({ value, place }))
    return unknown.flatMap(({ value, place }): Misfit<'unknown-service'>[] =>
      services.has(value) ? [] : [{ entry, at: ['for', place], problem: 'unknown-service', value }],
    )
  })
  return [...findUnknown(entries, 'service', { known: services, problem: 'unknown-service' }), ...readers]
}

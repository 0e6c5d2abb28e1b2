import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type Position, positionText } from './position.ts'
import { prefectures } from './prefectures.ts'

/** What the customer says of where a site lies. */
export interface Place {
  prefecture: number
  /** Absent: at the seat of the prefecture's government. */
  position?: Position | undefined
  address: string
}

export interface PlacedSite {
  id: string
  name: string
  place: Place | undefined
  /** Of the place; 0 where there is none yet. */
  version: number
}

export const placeStates = ['unplaced', 'rough', 'exact'] as const
export type PlaceState = (typeof placeStates)[number]

interface SiteRow {
  id: string
  name: string
  state: PlaceState
  prefecture: number | null
  address: string
}

/** Every site of the customer, those without a place first. For administrators: it names sites whatever contracts they see. */
export const placeList = defineList({
  seen: ({ actor }: Context) => sql`seen as (
    select t.id, t.name, t.code, p.prefecture, coalesce(p.address, '') as address,
      case when p.site_id is null then 'unplaced' when p.north is null then 'rough' else 'exact' end as state
    from site t left join site_place p on p.customer_id = t.customer_id and p.site_id = t.id
    where t.customer_id = ${actor.customer.id})`,
  row: jsonRow<SiteRow>({
    id: value('r.id'),
    name: value('r.name'),
    state: value('r.state'),
    prefecture: value('r.prefecture'),
    address: value('r.address'),
  }),
  search: ['r.name', 'r.address'],
  facets: { state: { values: placeStates, column: 'r.state' } },
  sortedBy: {
    state: ascending(byInteger(sql`case when r.state = 'unplaced' then 0 else 1 end`), byText('r.name')),
    name: ascending(byText('r.name')),
    prefecture: ascending(byInteger(sql`coalesce(r.prefecture, 0)`)),
  },
  last: [byText('r.code')],
})

/** A site of the customer with its place; undefined: there is none. */
export async function findPlacedSite({ tx, actor }: Context, id: string): Promise<PlacedSite | undefined> {
  const row = await tx
    .selectFrom('site as t')
    .leftJoin('site_place as p', (join) =>
      join.onRef('p.customer_id', '=', 't.customer_id').onRef('p.site_id', '=', 't.id'),
    )
    .where('t.customer_id', '=', actor.customer.id)
    .where('t.id', '=', id)
    .select(['t.id', 't.name', 'p.prefecture', 'p.north', 'p.east', 'p.address', 'p.version'])
    .executeTakeFirst()
  if (!row) return undefined
  const { prefecture, north, east, address, version } = row
  const position = north === null || east === null ? undefined : { north: Number(north), east: Number(east) }
  const place = prefecture === null ? undefined : { prefecture, position, address: address ?? '' }
  return { id: row.id, name: row.name, place, version: version ?? 0 }
}

/** Sets where a site lies, or that nobody says so any more. `version` is that of the place the form was made from. */
export async function setPlace(
  ctx: Context,
  site: PlacedSite,
  { place, version }: { place: Place | undefined; version: number },
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const isSet = place ? await writePlace(ctx, site, { place, version }) : await removePlace(ctx, site, version)
  if (!isSet) return refuse('changed-meanwhile')
  const [before, after] = [recorded(site.place), recorded(place)]
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    const subject = { kind: 'site', id: site.id, name: site.name } as const
    await recordChange(ctx, { action: 'site-placed', subject, before, after })
  }
  return done()
}

async function writePlace(
  { tx, actor }: Context,
  { id }: PlacedSite,
  { place, version }: { place: Place; version: number },
): Promise<boolean> {
  const { prefecture, position, address } = place
  const values = { prefecture, north: position?.north ?? null, east: position?.east ?? null, address }
  const key = { customer_id: actor.customer.id, site_id: id }
  if (version === 0) {
    const made = tx.insertInto('site_place').values({ ...key, ...values })
    const { numInsertedOrUpdatedRows } = await made.onConflict((clash) => clash.doNothing()).executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  }
  const { numUpdatedRows } = await tx
    .updateTable('site_place')
    .set({ ...values, version: version + 1 })
    .where('customer_id', '=', key.customer_id)
    .where('site_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

async function removePlace({ tx, actor }: Context, { id }: PlacedSite, version: number): Promise<boolean> {
  const own = { customer_id: actor.customer.id, site_id: id }
  const { numDeletedRows } = await tx
    .deleteFrom('site_place')
    .where('customer_id', '=', own.customer_id)
    .where('site_id', '=', own.site_id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n || version === 0
}

function recorded(place: Place | undefined): Record<string, string | null> {
  return {
    prefecture: (place && prefectures.get(place.prefecture)?.name.ja) ?? null,
    position: place?.position ? positionText(place.position) : null,
    address: place?.address ?? '',
  }
}

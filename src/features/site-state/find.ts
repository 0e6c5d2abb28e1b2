import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { after, days, minutes } from '#platform/time/duration.ts'
import type { Phrase } from '#platform/words.ts'

/** The sites of an installation. */
export const siteNames = ['portal', 'settings'] as const
export type SiteName = (typeof siteNames)[number]

/** A time for which the operator has announced that a site is closed, or that nothing can be changed there. */
export interface Maintenance {
  from: Date
  until: Date
  mode: 'closed' | 'read-only'
  text: Phrase
}

/** What is known of a site without asking it. */
export interface SiteState {
  /** When a process of it last said that it lives; null: none ever has, as those of the portal never do. */
  seenAt: Date | null
  maintenance: Maintenance | undefined
}

/** A living process says so every half minute: what is older has missed four times. */
const patience = 2 * minutes

export interface StateRow {
  seen_at: Date | null
  closed_from: Date | null
  closed_until: Date | null
  mode: Maintenance['mode'] | null
  text_ja: string | null
  text_en: string | null
}

/** The columns of a `site_state`. */
export const stateColumns = sql<StateRow>`seen_at, closed_from, closed_until, mode, text_ja, text_en`

export async function findSiteState(tx: Transaction, site: SiteName): Promise<SiteState> {
  const { rows } = await sql<StateRow>`select ${stateColumns} from site_state where site = ${site}`.execute(tx)
  return stateOf(rows[0])
}

export function stateOf(row: StateRow | undefined): SiteState {
  if (!row) return { seenAt: null, maintenance: undefined }
  const { seen_at: seenAt, closed_from: from, closed_until: until, mode, text_ja: ja, text_en: en } = row
  // All of them are there, or none.
  const isSet = from && until && mode && ja !== null && en !== null
  return { seenAt, maintenance: isSet ? { from, until, mode, text: { ja, en } } : undefined }
}

/** The maintenance that is under way. */
export function underWay({ maintenance }: SiteState, now: Date): Maintenance | undefined {
  return maintenance && maintenance.from <= now && now < maintenance.until ? maintenance : undefined
}

/** A maintenance that is to be told, and whether it is under way. */
export interface Announced {
  maintenance: Maintenance
  isUnderWay: boolean
}

/** So long before it begins a maintenance is announced. */
const announcedFor = 7 * days

/** The maintenance that users are to be told of now. */
export function announced(state: SiteState, now: Date): Announced | undefined {
  const { maintenance } = state
  if (!maintenance || maintenance.until <= now || now < after(maintenance.from, -announcedFor)) return undefined
  return { maintenance, isUnderWay: underWay(state, now) !== undefined }
}

/** Since when nothing was heard of the site, if that is too long. */
export function silentSince({ seenAt }: SiteState, now: Date): Date | undefined {
  return seenAt && seenAt < after(now, -patience) ? seenAt : undefined
}

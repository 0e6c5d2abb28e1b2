import type { StaffContext } from '#features/staff/context.ts'
import { findOutage, type Outage } from '#features/outages/outage.ts'
import { findLastChange } from '#features/change-history/last-change.ts'
import type { LastChange } from '#platform/form.ts'
import { notFound } from '#platform/web/page.ts'
import { actionWord } from '#sites/frame/states/action-words.ts'

/** The outage of a page, with the zone in which its reader types times. */
export interface ShownOutage {
  outage: Outage
  zone: string
}

/** For a page that is there only where something can be done. */
export async function loadOutage(
  ctx: StaffContext,
  id: string,
  isOffered: (outage: Outage) => boolean = () => true,
): Promise<ShownOutage | typeof notFound> {
  const outage = await findOutage(ctx, id)
  return outage && isOffered(outage) ? { outage, zone: ctx.actor.timeZone } : notFound
}

/** Who has changed it, as the history of the house calls it. */
export async function lastChangeOfOutage(
  ctx: StaffContext,
  { outage: { id } }: ShownOutage,
): Promise<LastChange | undefined> {
  const last = await findLastChange(ctx, { kind: 'outage', id })
  return last && { ...last, what: { ja: actionWord(last.action, 'ja'), en: actionWord(last.action, 'en') } }
}

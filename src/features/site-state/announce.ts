import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { houseId } from '#features/house.ts'
import type { StaffContext } from '#features/staff/context.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { findSiteState, type Maintenance, type SiteName } from './find.ts'
import { setMaintenance } from './set-maintenance.ts'

/** Tells what is announced from anything else: what a form was made from. */
export function stampOf(maintenance: Maintenance | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify(maintenance ?? null))
    .digest('base64url')
}

/** Announces a maintenance in place of what was announced as the form was made, or ends it. Stands in the house's history. */
export async function announceMaintenance(
  ctx: Confirmed<StaffContext>,
  site: SiteName,
  { maintenance, was }: { maintenance: Maintenance | undefined; was: string },
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const { tx, now, actor } = ctx
  await sql`select from site_state where site = ${site} for no key update`.execute(tx)
  const former = (await findSiteState(tx, site)).maintenance
  if (stampOf(former) !== was) return refuse('changed-meanwhile')
  await setMaintenance(tx, site, maintenance)
  await recordChange(
    { tx, now, actor: { ...actor, customer: { id: houseId } } },
    {
      action: maintenance ? 'maintenance-set' : 'maintenance-ended',
      subject: { kind: 'web-site', id: houseId, name: site },
      ...(former && { before: recorded(former) }),
      ...(maintenance && { after: recorded(maintenance) }),
    },
  )
  return done()
}

function recorded({ from, until, mode, text }: Maintenance): Record<string, string> {
  return { from: from.toISOString(), until: until.toISOString(), mode, text: text.ja }
}

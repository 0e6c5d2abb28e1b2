import { findDaysCovered, findLossesSince } from '#features/administrators/losses.ts'
import { done, type Outcome, type Refusal } from '#platform/outcome.ts'
import { findAddressFaults } from './inner/many-addresses.ts'
import { changeManyMails } from './inner/many-mails.ts'
import { noteMany } from './inner/many-notes.ts'
import { insertMany, setManyGroups, updateMany } from './inner/many-rows.ts'
import { findManyFaults, lockMany } from './inner/many-state.ts'
import { shutOut } from './shut-out.ts'
import type { Many, ManyFault, WritingMany } from './many.ts'

/**
 * Adds and changes users of a customer, all of them or none. Judges anew what may have changed since it was confirmed: whether the
 * author is an administrator, each user, each group, each address. A new address waits for its confirmation; opening notices are
 * left to whoever calls. Writes one entry into the history, and tells those whose role or identity has changed.
 */
export async function writeMany(
  by: WritingMany,
  many: Many,
): Promise<Outcome | (Refusal & { faults: readonly ManyFault[] })> {
  await lockMany(by, many)
  const former = await findDaysCovered(by)
  const faults = await findManyFaults(by, many)
  if (faults.length > 0) return refuseAll(faults)
  const clashes = await findAddressFaults(by, many)
  if (clashes.length > 0) return refuseAll(clashes)
  const moved = many.changed.filter(({ fields }) => fields.beginsOn !== undefined || fields.endsOn !== undefined)
  const ids = moved.map(({ id }) => id)
  if (ids.length > 0) await shutOut(by, ids)
  await insertMany(by, many.added)
  await updateMany(by, many.changed)
  if (ids.length > 0) await shutOut(by, ids)
  await setManyGroups(by, [...many.added, ...many.changed])
  const losses = await findLossesSince(by, former)
  if (losses.administrators || losses.inAutomaticGroup) return refuseAll([{ row: 0, problem: 'no-administrator' }])
  await changeManyMails(by, many.changed)
  await noteMany(by, many)
  return done()
}

/** What was written so far is kept by whoever keeps counters of addresses: nothing else is, before the first refusal. */
function refuseAll(faults: readonly ManyFault[]): Refusal & { faults: readonly ManyFault[] } {
  const problem = faults[0]?.problem ?? 'changed-meanwhile'
  return { ok: false, problem, keep: problem === 'mail-unavailable', faults }
}

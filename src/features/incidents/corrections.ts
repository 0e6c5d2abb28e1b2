import type { Misfit } from '#platform/put.ts'
import type { UpdateEntry } from './entry.ts'

/** The updates that put right one which is none before them. */
export function findCorrectingNone(
  entries: readonly { updates?: readonly UpdateEntry[] | undefined }[],
): Misfit<'corrects-none'>[] {
  return entries.flatMap(({ updates = [] }, entry) =>
    updates.flatMap(({ corrects = 0 }, index) =>
      corrects > index
        ? [{ entry, at: ['updates', index, 'corrects'], problem: 'corrects-none', value: String(corrects) }]
        : [],
    ),
  )
}

import type { TaskList } from 'graphile-worker'
import { recountByTime } from '#features/line-checks/recount.ts'
import { carryOutReservations } from '#features/reservations/carry-out.ts'

/** Of the settings of telephone systems. */
export function lineJobs(parts: Parameters<typeof carryOutReservations>[0]): TaskList {
  return {
    'carry-out-reservations': () => carryOutReservations(parts),
    'recount-line-findings': () => recountByTime(parts.database, parts.now()),
  }
}

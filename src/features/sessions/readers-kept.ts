import type { Actor } from '#features/actor.ts'
import { openKeeping } from '#platform/kept.ts'

const kilobytes = 1024

/**
 * What this process has read of readers, by the hashes of their tokens, under the version that the door tells of each session:
 * who they are, and by `once` what else follows from nothing but what raises that version.
 */
export const readersKept = openKeeping<Actor>({ ofOne: 256 * kilobytes, ofAll: 64 * 1024 * kilobytes })

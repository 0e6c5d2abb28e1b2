import type { SiteState } from '#features/site-state/find.ts'
import { noteSeen } from '#features/site-state/note-seen.ts'
import type { Program } from '#platform/web/site.ts'
import { seconds } from '#platform/time/duration.ts'

/** What a process of the settings site says of itself, and learns of the site. */
export interface SitePulse {
  /** As it was last learnt; undefined: not yet. */
  state: () => SiteState | undefined
  /** Says that this process lives, and learns what the operator says. */
  beat: () => Promise<void>
}

const every = 30 * seconds

export function sitePulse({ database, now, log }: Pick<Program, 'database' | 'now' | 'log'>): SitePulse {
  let known: SiteState | undefined
  return {
    state: () => known,
    async beat() {
      try {
        known = await database.transaction((tx) => noteSeen(tx, now()))
      } catch (error) {
        // What was learnt still holds; the portal notices that nothing is heard.
        log.warn({ err: error }, 'the settings site could not say that it lives')
      }
    },
  }
}

/** Lets it beat, from now on; answers what stops it. */
export async function keepBeating({ beat }: SitePulse): Promise<() => void> {
  await beat()
  const timer = setInterval(() => void beat(), every)
  return () => clearInterval(timer)
}

import type { JSX } from 'preact'
import type { Actor } from '#features/actor.ts'
import type { Language } from '#platform/words.ts'
import { TrialBar } from './trial-bar.tsx'
import { ViewingBar } from './viewing-bar.tsx'

interface ReaderBarsProps {
  actor: Actor
  /** Of the page. */
  path: string
  /** Of the setting that may be on trial. */
  addressLimits: string
  language: Language
  now: Date
  /** Of the form that ends a look of staff. */
  endLook: { action: string; token: string }
}

/** What is so of the reader's session on every page. */
export function ReaderBars({ actor, path, addressLimits, language, now, endLook }: ReaderBarsProps): JSX.Element {
  const { role, addressTrialEndsAt, viewedBy } = actor
  // The setting's own pages say more, and have the buttons.
  const isTold = role === 'portal-administrator' && path !== addressLimits && !path.startsWith(`${addressLimits}/`)
  return (
    <>
      {viewedBy !== null && <ViewingBar staff={viewedBy} language={language} form={endLook} />}
      {addressTrialEndsAt && isTold && (
        <TrialBar endsAt={addressTrialEndsAt} now={now} language={language} href={addressLimits} />
      )}
    </>
  )
}

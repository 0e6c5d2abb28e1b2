import type { Email } from '#features/mails/sealed.ts'
import { toldPaths } from '#features/told/links.ts'
import { toldEmail } from '#features/told/told.email.ts'
import type { Language } from '#platform/words.ts'
import type { Outage } from './outage.ts'
import type { ReachedCustomer } from './reach.ts'

interface SampleFacts {
  /** One of those who would be told. */
  customer: ReachedCustomer
  portalUrl: URL
  timeZone: string
  now: Date
}

/** The mail that would be sent to somebody of a customer who sees all that is affected, made by what makes the real ones. */
export function sampleMail(
  outage: Outage,
  language: Language,
  { customer, portalUrl, timeZone, now }: SampleFacts,
): Email {
  const { kind, startsAt, updates } = outage
  const [said] = updates
  const { numbers, contracts } = customer
  return toldEmail(language, {
    kind: kind === 'works' || startsAt > now ? 'announced' : 'opened',
    subject: { ...outage, said: said ? { step: said.step, text: said.text } : null },
    user: { numbers, contracts },
    timeZone,
    // Each customer's copy has an address of its own.
    page: `${portalUrl.origin}${toldPaths.incident.replace(':id', '…')}`,
    wishes: new URL(toldPaths.mailWishes, portalUrl).href,
  })
}

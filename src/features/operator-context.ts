import type { Visitor } from '#platform/context.ts'

/** What writing doors work with: one transaction of the operator's, past every fence, at one moment. */
export interface OperatorContext extends Pick<Visitor, 'tx' | 'now'> {
  /** Called with the number of entries done, as they are done. What it throws ends the work. */
  progress?: (entries: number) => void
  /** Whether the doors answer in what the changed rows differ. */
  tellsDifferences?: boolean
}

/** The same for the rows of one customer, who is known to be there; see enterCustomer. */
export interface CustomerContext extends OperatorContext {
  customer: { id: string; code: string }
}

/** What mails to new users are made with. */
export type Mailing = Pick<Visitor, 'secrets' | 'portalUrl' | 'consoleUrl'>

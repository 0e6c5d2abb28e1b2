import type { Misfit } from '#platform/put.ts'
import type { ImportedCustomer, ImportKind } from './importing.ts'

/** Where entries stand in the file, and whose they are. */
export interface Place {
  kind: ImportKind
  customer?: ImportedCustomer | undefined
}

export type MisfitCode = keyof typeof words

/** What is wrong with an entry, as the end of a sentence that begins with its place in the file. */
export function wordMisfit(
  { problem, value, at }: Misfit<MisfitCode>,
  { kind, customer }: Partial<Place> = {},
): string {
  return words[problem]({
    kind,
    value,
    // A value that is a key of the file stands in its place already.
    shown: at.at(-1) === value ? '' : `: ${value}`,
    customer: customer?.ctx.customer.code ?? '',
    pattern: customer?.operator.contractNumberPattern ?? '',
  })
}

interface Facts {
  kind: ImportKind | undefined
  value: string
  shown: string
  customer: string
  pattern: string
}

const words = {
  'stands-twice': ({ value }) => `stands here for the second time: ${value}`,
  'no-pattern': () => 'must be a regular expression',
  'unknown-category': ({ shown }) => `names no category${shown}`,
  'unknown-service': ({ shown }) => `names no service${shown}`,
  'unknown-site': ({ shown, customer }) => `names no site of ${customer}${shown}`,
  'unknown-contract': ({ shown, customer }) => `names no contract of ${customer}${shown}`,
  'unknown-incident': ({ shown, customer }) => `names no incident of ${customer}${shown}`,
  'unknown-group': ({ shown, customer }) => `names no group of ${customer}${shown}`,
  'period-reversed': ({ value }) => `lies before "beginsOn": ${value}`,
  'no-administrator-then': () =>
    'leaves days without a portal administrator: one is needed who may use the portal on every day after it',
  'adds-user': () =>
    'is a new user of a customer that was there before: its administrators add users, and who shall administer is asked for on the page of the customer',
  'another-customers': ({ kind, value }) =>
    kind === 'users' ? 'is a user of another customer' : `is a contract of another customer: ${value}`,
  'for-others': ({ value }) => `is a notice for others: ${value}`,
  'unlike-pattern': ({ pattern }) => `does not fit the operator's pattern ${pattern}`,
  'ends-in-future': () => 'lies in the future: a contract is ended when its day has come',
  'fewer-than-there-are': ({ value }) => `is less than the customer has already: ${value}`,
  'leaves-numbers-out': ({ value }) => `leaves out a number that the customer uses: ${value}`,
  'number-taken': ({ value }) => `is a telephone number of another line: ${value}`,
  'said-already': () => 'differs from what was said: a correction is another update, with "corrects"',
  'corrects-none': ({ value }) => `corrects none before it: ${value}`,
  'no-such-site': ({ value }) => `names no site of a customer: ${value}`,
  'no-such-contract': ({ value }) => `names no contract: ${value}`,
  'code-taken': ({ value }) => `is a code of both "outages" and a customer's "incidents": ${value}`,
  'reserved-name': () => 'is the group that every customer has by itself',
} satisfies Record<string, (facts: Facts) => string>

import type { Contract } from '#features/contracts/find.ts'
import type { Candidate } from '#features/line-copies/candidates.ts'
import type { CopyOutcome } from '#features/line-copies/copy.ts'
import type { Line } from '#features/lines/open.ts'

/** What the page shows by which something is copied. */
export interface CopyData {
  contract: Contract
  line: Line
  id: string
  name: string
  /** One more than can be copied to at once: there are more. */
  candidates: Candidate[]
  /** By which they were found. */
  q: string
  /** Why nothing was tried or applied. */
  told: 'too-many' | 'found-anew' | undefined
  /** Of what was tried. */
  outcomes: CopyOutcome[] | undefined
}

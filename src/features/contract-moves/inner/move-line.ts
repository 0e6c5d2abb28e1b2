import { recountFindings } from '#features/line-checks/recount.ts'
import { putLines } from '#features/lines/put.ts'
import { takeOutLine } from '#features/lines/take-out.ts'
import type { CustomerContext } from '#features/operator-context.ts'

export interface MovedLine {
  /** Those that go along. */
  numbers: readonly string[]
  /** How many rows of the former customer's were deleted, by table. */
  deleted: Readonly<Record<string, number>>
}

/** Moves what the operator has set up for a contract, by the door through which it first came; null where there is no line. */
export async function moveLine(
  from: CustomerContext,
  to: CustomerContext,
  contract: { number: string; from: string; to: string },
): Promise<MovedLine | null> {
  const taken = await takeOutLine(from, contract.from)
  if (!taken) return null
  const put = await putLines(to, [{ contract: contract.number, line: taken.frame }])
  if (!put.ok) throw new Error(`The line of ${contract.number} does not fit any more: ${put.problem}`)
  await recountFindings(to, [contract.to])
  return { numbers: (taken.frame.numbers ?? []).map(({ number }) => number), deleted: taken.deleted }
}

import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import type { LineAction } from '#features/line-changes/actions.ts'
import { type Line, type LineContext, openLine } from '#features/lines/open.ts'
import { enterContract } from '#features/sessions/fence.ts'
import { withSavepoint } from '#platform/database/database.ts'
import type { Outcome } from '#platform/outcome.ts'

/** What is to be set in each contract, as a change of its own. */
export interface LineCopy<Code extends string> {
  action: LineAction
  subject: string
  put: (ctx: ChangingLine) => Promise<Outcome<unknown, Code>>
}

/** What has become of a copy in a contract, or would become of it. */
export interface CopyOutcome<Code extends string = string> {
  contract: { id: string; number: string; site: string | null; memo: string }
  /** `same`: all is so already. Else why it cannot be, there. */
  became: 'copied' | 'same' | Code | 'may-not-edit'
  change?: number | undefined
  /** It is to be made at its moment. */
  reservation?: string | undefined
  /** What that contract has room for. */
  line?: Pick<Line, 'firstExtension' | 'lastExtension' | 'mostExtensions' | 'mostGroups'> | undefined
}

/**
 * Does the same in other contracts, each a change of its own that is made or refused for itself, in one transaction; or tries it
 * and takes all of it back. Contracts that the actor may not see are left out without a word. Afterwards the line of the context is
 * open again.
 */
export async function copyTo<Code extends string>(
  ctx: LineContext,
  contractIds: readonly string[],
  { copy, isTry }: { copy: LineCopy<Code>; isTry: boolean },
): Promise<CopyOutcome<Code>[]> {
  const outcomes: CopyOutcome<Code>[] = []
  // In one order, so that of two who copy to the same lines one waits.
  for (const id of [...new Set(contractIds)].filter((each) => each !== ctx.contract.id).toSorted()) {
    const opened = await openLine(ctx, id)
    if (opened) outcomes.push(await copyInto(opened, copy, isTry))
  }
  await enterContract(ctx.tx, ctx.contract.id)
  return outcomes.toSorted((one, other) => (one.contract.number < other.contract.number ? -1 : 1))
}

async function copyInto<Code extends string>(
  ctx: LineContext,
  { action, subject, put }: LineCopy<Code>,
  isTry: boolean,
): Promise<CopyOutcome<Code>> {
  const { id, number, site, memo } = ctx.contract
  const { firstExtension, lastExtension, mostExtensions, mostGroups } = ctx.line
  const contract = { id, number, site, memo }
  const done = await withSavepoint(
    ctx.tx,
    () => changeLine<LineContext, unknown, Code>(ctx, { action, subject, origin: 'copy' }, put),
    // What has changed nothing leaves no count of a write either.
    (ended) => isTry || !ended.ok || (ended.value.changeId ?? ended.value.reservationId) === undefined,
  )
  if (!done.ok)
    return { contract, became: done.problem, line: { firstExtension, lastExtension, mostExtensions, mostGroups } }
  const { changeId: change, reservationId: reservation } = done.value satisfies Changed<unknown>
  if (change === undefined && reservation === undefined) return { contract, became: 'same' }
  return { contract, became: 'copied', ...(!isTry && { change, reservation }) }
}

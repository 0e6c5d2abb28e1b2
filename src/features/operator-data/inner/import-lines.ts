import { recountFindings } from '#features/line-checks/recount.ts'
import { findUnnamedNumbers } from '#features/lines/put-contents.ts'
import { findUnnamedLines, putLines } from '#features/lines/put.ts'
import type { ImportedCustomer, Importing } from './importing.ts'
import { countPut, namePut } from './bring.ts'
import { wordMisfit } from './misfit-words.ts'

/** The telephone systems of the customer's contracts, which stand with each contract. */
export async function importLines(importing: Importing, customer: ImportedCustomer): Promise<void> {
  const { ctx, entry, path } = customer
  if (!entry.contracts) return
  const given = entry.contracts.flatMap(({ number, line }, index) => (line ? [{ contract: number, line, index }] : []))
  const put = await putLines(ctx, given)
  if (!put.ok)
    throw importing.file.faulty(
      put.misfits.map((misfit) => ({
        path: [...path, 'contracts', given[misfit.entry]?.index ?? 0, 'line', ...misfit.at],
        message: wordMisfit(misfit, { kind: 'lines', customer }),
      })),
    )
  await recountFindings(
    ctx,
    put.value.map(({ id }) => id),
  )
  const { code } = ctx.customer
  if (given.length > 0)
    importing.tally('lines', countPut(put.value), {
      customer: code,
      ...namePut(put.value, (at) => given[at]?.contract ?? ''),
    })
  importing.unnamed('lines', await findUnnamedLines(ctx, given), code)
  importing.unnamed('lineNumbers', await findUnnamedNumbers(ctx, given), code)
}

import { sql } from 'kysely'
import { type Outcome, refuse } from '#platform/outcome.ts'
import { type PutOutcome, refuseMisfits } from '#platform/put.ts'
import { type Affects, isEmpty, mostNumbers, summaryOf, withoutEmpty } from './affects.ts'
import type { OutageEdit, OutageEditor } from './editor.ts'
import { changeOutage } from './inner/change.ts'
import { findUnknownAffected, findUnknownGroups } from './inner/misfits.ts'

export interface WantedAffects extends Affects {
  /** The numbers that it has already stay, beside those that are given: there may be more of them than a form holds. */
  keepsNumbers: boolean
}

/**
 * Says anew which contracts an outage concerns. Of one that was published that waits until it is applied (`publishOutage`), when it has
 * been seen whom it reaches.
 */
export async function setAffects(
  ctx: OutageEditor,
  edit: OutageEdit,
  { keepsNumbers, ...given }: WantedAffects,
): Promise<
  | Exclude<PutOutcome<'unknown-service' | 'no-such-site' | 'no-such-contract' | 'no-such-group'>, { ok: true }>
  | Outcome<void, 'changed-meanwhile' | 'names-nothing' | 'too-many-numbers'>
> {
  const kept = keepsNumbers ? await findNumbers(ctx, edit) : []
  const named = { ...given, contracts: [...new Set(given.contracts)] }
  const contracts = [...new Set([...kept, ...named.contracts])]
  const affects = withoutEmpty({ ...given, contracts })
  if (isEmpty(affects)) return refuse('names-nothing')
  if (contracts.length > mostNumbers) return refuse('too-many-numbers')
  const refused =
    refuseMisfits(await findUnknownAffected(ctx, [{ code: '', affects: named }])) ??
    refuseMisfits(await findUnknownGroups(ctx, given))
  if (refused) return refused
  return changeOutage(ctx, edit, {
    action: 'outage-affects-set',
    values: await columnFor(ctx, edit, affects),
    in: ['draft', 'published'],
    also: { affects: summaryOf(affects) },
  })
}

async function columnFor({ tx }: OutageEditor, { id }: OutageEdit, affects: Affects): Promise<Record<string, string>> {
  const found = await tx.selectFrom('outage').select('state').where('id', '=', id).executeTakeFirst()
  return { [found?.state === 'draft' ? 'affects' : 'next_affects']: JSON.stringify(affects) }
}

async function findNumbers({ tx }: OutageEditor, { id }: OutageEdit): Promise<string[]> {
  const { rows } = await sql<{ numbers: string[] }>`
    select coalesce(coalesce(next_affects, affects) -> 'contracts', '[]') as numbers from outage where id = ${id}`.execute(
    tx,
  )
  return rows[0]?.numbers ?? []
}

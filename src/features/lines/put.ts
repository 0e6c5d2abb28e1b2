import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { type Difference, findTwice, type Misfit, type Put, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import { findTakenNumbers, putContents } from './put-contents.ts'
import type { LineFrame } from './values.ts'

/** The telephone system of one contract, as the operator has set it up. */
export interface LineEntry {
  /** Its number. */
  contract: string
  line: LineFrame
}

export type LineMisfit =
  | 'stands-twice'
  | 'unknown-contract'
  | 'fewer-than-there-are'
  | 'leaves-numbers-out'
  | 'number-taken'

const lineTable: KeyedTable = {
  name: 'pbx.line',
  key: ['customer_id', 'contract_id'],
  kept: {
    customer_id: 'uuid',
    contract_id: 'uuid',
    number: 'text',
    time_zone: 'text',
    first_extension: 'text',
    last_extension: 'text',
    most_extensions: 'integer',
    most_groups: 'integer',
    channels: 'integer',
    park_slots: 'integer',
    has_voicemail: 'boolean',
    international_targets: 'text[]',
  },
  once: { sip_domain: 'text' },
  id: 'contract_id',
}

/**
 * Makes the lines that are missing, with what is set in the beginning, and changes frames and numbers of those that differ. What
 * else lies within a line is the customer's: a frame that would no longer hold it is refused.
 */
export async function putLines(ctx: CustomerContext, entries: readonly LineEntry[]): Promise<PutOutcome<LineMisfit>> {
  const numbers = entries.map(({ contract }) => contract)
  const refused = refuseMisfits(findTwice(numbers, 'contract'))
  if (refused) return refused
  const known = await findKnown(ctx, entries)
  const misfits = entries.flatMap((entry, at): Misfit<LineMisfit>[] => findUnfit(entry, at, known.get(entry.contract)))
  const unfit = refuseMisfits([...misfits, ...(await findTakenNumbers(ctx, entries))])
  if (unfit) return unfit
  const rows = entries.map(({ contract, line }) => {
    const { contractId } = known.get(contract) ?? {}
    return {
      customer_id: ctx.customer.id,
      contract_id: contractId,
      number: contract,
      // Of the private-use domain (ICANN 2024): telephones reach it by the address of the engine.
      sip_domain: `${contractId}.pbx.internal`,
      time_zone: line.timeZone,
      first_extension: line.extensions.first,
      last_extension: line.extensions.last,
      most_extensions: line.extensions.most,
      most_groups: line.groups,
      channels: line.channels,
      park_slots: line.parkSlots,
      has_voicemail: line.voicemail,
      international_targets: [...new Set(line.internationalTargets)].toSorted(),
    }
  })
  const put = await upsert(ctx, lineTable, rows)
  const changed = await putContents(
    ctx,
    put.map(({ id, was }, at) => ({ contractId: id, isNew: was === 'created', line: lineAt(entries, at) })),
  )
  return done(put.map((frame) => withContents(frame, changed.get(frame.id))))
}

function withContents({ id, was, differences }: Put, contents: readonly Difference[] | undefined): Put {
  if (!contents || was === 'created') return { id, was, ...(differences && { differences }) }
  return { id, was: 'changed', differences: [...(differences ?? []), ...contents] }
}

function lineAt(entries: readonly LineEntry[], at: number): LineFrame {
  const entry = entries[at]
  if (!entry) throw new Error('More lines were put than were given')
  return entry.line
}

/** The numbers of the customer's open contracts that have a line, and that the entries do not name. */
export async function findUnnamedLines(
  { tx, customer }: CustomerContext,
  entries: readonly LineEntry[],
): Promise<string[]> {
  const lines = sql`select k.number as name from pbx.line l join contract k on k.customer_id = l.customer_id and k.id = l.contract_id
    where l.customer_id = ${customer.id} and k.ended_on is null`
  return findUnnamed(
    tx,
    lines,
    entries.map(({ contract }) => contract),
  )
}

/** What there is in a line already. */
interface Known {
  contractId: string
  extensions: number
  callGroups: number
  /** A number outside of the frame. */
  outside: string | null
}

async function findKnown(
  { tx, customer }: CustomerContext,
  entries: readonly LineEntry[],
): Promise<Map<string, Known>> {
  const given = entries.map(({ contract, line: { extensions } }) => ({ contract, ...extensions }))
  const { rows } = await sql<Known & { contract: string }>`
    select k.number as contract, k.id as "contractId", coalesce(l.extensions, 0) as extensions, coalesce(l.call_groups, 0) as "callGroups",
      (select min(n.number) from pbx.inside_number n where n.customer_id = k.customer_id and n.contract_id = k.id
        and not (length(n.number) = length(g.first) and n.number between g.first and g.last)) as outside
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (contract text, first text, last text)
    join contract k on k.customer_id = ${customer.id} and k.number = g.contract
    left join pbx.line l on l.customer_id = k.customer_id and l.contract_id = k.id`.execute(tx)
  return new Map(rows.map(({ contract, ...known }) => [contract, known]))
}

function findUnfit(
  { contract, line: { extensions, groups } }: LineEntry,
  entry: number,
  known: Known | undefined,
): Misfit<LineMisfit>[] {
  if (!known) return [{ entry, at: ['contract'], problem: 'unknown-contract', value: contract }]
  const misfits: Misfit<LineMisfit>[] = []
  const fewer = (at: readonly string[], count: number): void => {
    misfits.push({ entry, at, problem: 'fewer-than-there-are', value: String(count) })
  }
  if (extensions.most < known.extensions) fewer(['extensions', 'most'], known.extensions)
  if (groups < known.callGroups) fewer(['groups'], known.callGroups)
  if (known.outside !== null)
    misfits.push({ entry, at: ['extensions'], problem: 'leaves-numbers-out', value: known.outside })
  return misfits
}

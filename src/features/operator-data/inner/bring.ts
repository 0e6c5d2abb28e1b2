import type { Misfit, Put, PutOutcome } from '#platform/put.ts'
import type { Fault } from '../json-file.ts'
import type { Counts, Importing, Named } from './importing.ts'
import { type MisfitCode, type Place, wordMisfit } from './misfit-words.ts'

/** How entries of one kind are put, and what of their kind is missed. */
export interface Door<Context, Entry> {
  put: (ctx: Context, entries: readonly Entry[]) => Promise<PutOutcome<MisfitCode>>
  findUnnamed: (ctx: Context, entries: readonly Entry[]) => Promise<string[]>
}

interface Given<Context, Entry> {
  ctx: Context
  /** Undefined: the file does not speak of this kind. */
  entries: readonly Entry[] | undefined
  door: Door<Context, Entry>
}

/** Brings a list of the file through the door of its kind. Throws a FaultyFile when an entry does not fit. */
export async function bring<Context, Entry>(
  importing: Importing,
  place: Place,
  { ctx, entries, door }: Given<Context, Entry>,
): Promise<void> {
  if (!entries) return
  tallyPut(importing, { ...place, entries }, await door.put(ctx, entries))
  const missed = await door.findUnnamed(ctx, entries)
  importing.unnamed(place.kind, missed, place.customer?.ctx.customer.code)
}

/** Counts what became of the entries of a kind. Throws a FaultyFile when one does not fit. */
export function tallyPut(
  importing: Importing,
  { entries = [], ...place }: Place & { entries?: readonly unknown[] },
  put: PutOutcome<MisfitCode>,
): void {
  if (!put.ok) throw importing.file.faulty(put.misfits.map((misfit) => faultOf(place, misfit)))
  const customer = place.customer?.ctx.customer.code
  importing.tally(place.kind, countPut(put.value), {
    ...(customer !== undefined && { customer }),
    ...namePut(put.value, (at) => nameOf(entries[at]) || place.kind),
  })
}

/** What became of entries, by their names. */
export function namePut(put: readonly Put[], nameAt: (at: number) => string): Pick<Named, 'created' | 'changed'> {
  return {
    created: put.flatMap(({ was }, at) => (was === 'created' ? [nameAt(at)] : [])),
    changed: put.flatMap(({ was, differences = [] }, at) =>
      was === 'changed' ? [{ name: nameAt(at), differences }] : [],
    ),
  }
}

/** By what people know it: the first of these that an entry has. */
const names = ['number', 'mail', 'code', 'name', 'day'] as const

function nameOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return ''
  const found = new Map<string, unknown>(Object.entries(entry))
  return names.map((name) => found.get(name)).find((value) => typeof value === 'string') ?? ''
}

export function countPut(put: readonly Put[]): Counts {
  const counts: Counts = { created: 0, changed: 0, unchanged: 0 }
  for (const { was } of put) counts[was]++
  return counts
}

function faultOf(place: Place, misfit: Misfit<MisfitCode>): Fault {
  const list = [...(place.customer?.path ?? []), place.kind]
  // There is one operator, and no list of them.
  const entry = place.kind === 'operator' ? list : [...list, misfit.entry]
  return { path: [...entry, ...misfit.at], message: wordMisfit(misfit, place) }
}

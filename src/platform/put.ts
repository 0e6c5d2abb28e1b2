import type { Done, Refusal } from './outcome.ts'

/** What became of an entry that was put by its key. */
export interface Put {
  id: string
  was: 'created' | 'changed' | 'unchanged'
  /** Of what was changed, where that is asked for. */
  differences?: readonly Difference[]
}

/** A value that became another: text, or JSON where it is more than one. */
export interface Difference {
  /** The column, where it is one. */
  field: string
  from: string | null
  to: string | null
}

/** Why an entry cannot be put. */
export interface Misfit<Code extends string = string> {
  /** Which of the entries given, from 0. */
  entry: number
  /** The way to the value within the entry; none: the entry as a whole. */
  at: readonly (string | number)[]
  /** Kebab-case, and the key of its message. */
  problem: Code
  /** The value that does not fit. */
  value: string
}

/** Nothing was put. The problem is that of the first misfit; all of them are told, for whoever gave many entries. */
export interface PutRefusal<Code extends string = string> extends Refusal<Code> {
  misfits: readonly Misfit<Code>[]
}

/** What a writing door answers: of each entry what became of it, in the order given; or why none of them was put. */
export type PutOutcome<Code extends string> = Done<readonly Put[]> | PutRefusal<Code>

/** Refuses as soon as there is a misfit; undefined when all entries fit. */
export function refuseMisfits<Code extends string>(misfits: readonly Misfit<Code>[]): PutRefusal<Code> | undefined {
  const inOrder = misfits.toSorted((one, other) => one.entry - other.entry)
  const [first] = inOrder
  return first && { ok: false, problem: first.problem, keep: false, misfits: inOrder }
}

/** The entries whose key another one before them has, too; `at`: where the key stands in an entry. */
export function findTwice(keys: readonly string[], ...at: Misfit['at']): Misfit<'stands-twice'>[] {
  const known = new Set<string>()
  return keys.flatMap((value, entry) => {
    if (known.has(value)) return [{ entry, at, problem: 'stands-twice', value }]
    known.add(value)
    return []
  })
}

/** The entries that have a name in a field which is not known. */
export function findUnknown<Field extends string, Code extends string>(
  entries: readonly Readonly<Partial<Record<Field, string | undefined>>>[],
  field: Field,
  { known, problem }: { known: ReadonlyMap<string, unknown>; problem: Code },
): Misfit<Code>[] {
  return entries.flatMap(({ [field]: value }, entry) =>
    value === undefined || known.has(value) ? [] : [{ entry, at: [field], problem, value }],
  )
}

export function codesOf(entries: readonly { code: string }[]): string[] {
  return entries.map(({ code }) => code)
}

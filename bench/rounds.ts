import { type Driven, percentile } from './drive.ts'
import { cpuOf } from './processes.ts'

/** One of those that take turns. */
export interface Subject {
  name: string
  /** The processes whose time counts, with all below them. */
  roots: readonly number[]
  run: () => Promise<Driven>
  /** Before each round, unmeasured. */
  prepare?: () => Promise<void>
}

export interface Round {
  /** Milliseconds of processor time for each request. */
  cpu: number
  p50: number
  p99: number
  perSecond: number
}

/** So many tell a median from the noise of a shared machine. */
export const rounds = 7

/** Lets the subjects run in turn, after one unmeasured round of all to warm them up. Answers the rounds of each by its name. */
export async function takeTurns(subjects: readonly Subject[]): Promise<Map<string, Round[]>> {
  const results = new Map<string, Round[]>(subjects.map(({ name }) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    for (const subject of subjects) {
      const result = await runRound(subject)
      if (round >= 0) results.get(subject.name)?.push(result)
    }
  }
  return results
}

async function runRound({ roots, run, prepare }: Subject): Promise<Round> {
  await prepare?.()
  const before = cpuOf(roots)
  const driven = await run()
  return {
    cpu: (cpuOf(roots) - before) / driven.times,
    p50: percentile(driven, 0.5),
    p99: percentile(driven, 0.99),
    perSecond: driven.times / driven.seconds,
  }
}

export interface Spread {
  least: number
  median: number
  most: number
}

/** Of the processor time of a subject to that of another, round by round; `without` is taken off first, as what was done for it alone. */
export function ratios(own: readonly Round[], others: readonly Round[], without: readonly Round[] = []): Spread {
  return spreadOf(own.map(({ cpu }, index) => (cpu - (without[index]?.cpu ?? 0)) / (others[index]?.cpu ?? NaN)))
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (index: number): number => sorted[index] ?? NaN
  return { least: at(0), median: at(Math.floor(sorted.length / 2)), most: at(sorted.length - 1) }
}

import type { CustomerContext } from '#features/operator-context.ts'
import { findContractIds, type Ids } from '#features/subjects/references.ts'
import type { Misfit } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'
import type { IncidentStep } from './steps.ts'

/** A text that may be there in Japanese alone: in the night of a fault nobody translates. */
export interface ToldText {
  ja: string
  en?: string | undefined
}

/** 続報: what was said at a moment. It is never changed; a correction names the one that it corrects, by its place from 1. */
export interface UpdateEntry {
  at: string
  step?: IncidentStep | undefined
  text: ToldText
  nextUpdateAt?: string | undefined
  corrects?: number | undefined
}

/** A fault or works on contracts; open from `startsAt` until `endsAt`, or without end. Moments have their offsets. */
export interface IncidentEntry {
  code: string
  /** The number of its contract, or the numbers of several. */
  contract?: string | undefined
  contracts?: readonly string[] | undefined
  kind: 'fault' | 'works'
  title: Phrase
  startsAt: string
  endsAt?: string | undefined
  updatedAt: string
  step?: IncidentStep | undefined
  expectedEndAt?: string | undefined
  /** Absent: as the last update says. */
  nextUpdateAt?: string | undefined
  cause?: ToldText | undefined
  withdrawnAt?: string | undefined
  /** In their order. Absent: the file does not tell of them. */
  updates?: readonly UpdateEntry[] | undefined
}

export function numbersOf({ contract, contracts = [] }: IncidentEntry): readonly string[] {
  return [...new Set(contract === undefined ? contracts : [contract, ...contracts])]
}

/** The ids of the contracts that entries name, and where one is named that the customer does not have. */
export async function findConcerned(
  ctx: CustomerContext,
  entries: readonly IncidentEntry[],
): Promise<{ contracts: Ids; unknown: Misfit<'unknown-contract'>[] }> {
  const contracts = await findContractIds(ctx, entries.flatMap(numbersOf))
  return { contracts, unknown: findNumbers(entries, (value) => !contracts.has(value)) }
}

/** Where a contract's number stands that does not fit. */
export function findNumbers(
  entries: readonly IncidentEntry[],
  isWrong: (number: string, entry: IncidentEntry) => boolean,
): Misfit<'unknown-contract'>[] {
  return entries.flatMap((given, entry) =>
    numbersOf(given).flatMap((value) =>
      isWrong(value, given) ? [{ entry, at: placeOf(given, value), problem: 'unknown-contract', value }] : [],
    ),
  )
}

function placeOf({ contract, contracts = [] }: IncidentEntry, number: string): Misfit['at'] {
  return contract === number ? ['contract'] : ['contracts', contracts.indexOf(number)]
}

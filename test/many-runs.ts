import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'

export const isLongProof = process.env['MANY_RUNS'] !== undefined

/** How often something is tried: `usual` in every test run, `many` with MANY_RUNS=1 (docs/tests.md). */
export function runs({ usual, many }: { usual: number; many: number }): number {
  return isLongProof ? many : usual
}

/** So many of them, others each time; with MANY_RUNS=1 all of them. */
export function someOf<T>(all: readonly T[], usual: number): T[] {
  const left = [...all]
  const length = runs({ usual, many: all.length })
  return Array.from({ length }, () => left.splice(randomInt(left.length), 1)).flat()
}

/** Does it, and says when it took longer (in ms): with MANY_RUNS=1 alone, for a machine that has other work says nothing by its clock. */
export async function inTime<Result>(most: number, act: () => Promise<Result>): Promise<Result> {
  const began = performance.now()
  const result = await act()
  const took = Math.round(performance.now() - began)
  if (isLongProof) assert(took < most, `${took} ms`)
  return result
}

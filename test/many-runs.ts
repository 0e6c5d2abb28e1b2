/** How often a random or repeated proof is tried: `usual` in every test run, `many` with MANY_RUNS=1 (docs/tests.md). */
export function runs({ usual, many }: { usual: number; many: number }): number {
  return isLongProof ? many : usual
}

export const isLongProof = process.env['MANY_RUNS'] !== undefined

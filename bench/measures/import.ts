import { type Figure, short } from '../report.ts'
import { contractCount } from '../world/import-content.ts'
import type { World } from '../world/world.ts'

/** Row 11: the whole command, from its start to its end, that has brought the large customer. */
export async function measureImport({ importSeconds }: World): Promise<Figure[]> {
  return [
    {
      work: 'import of 100,000 contracts, with sites, incidents, 500 groups and 3,000 rules',
      measured: `${short(contractCount / importSeconds)} contracts/s`,
      aim: '≥ 5,000',
      beside: `the whole command ${short(importSeconds)} s`,
    },
  ]
}

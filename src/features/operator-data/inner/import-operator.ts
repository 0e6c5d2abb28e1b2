import { findUnnamedManuals, putManuals } from '#features/manuals/put.ts'
import { findUnnamedNotices, putNotices } from '#features/notices/put.ts'
import type { OperatorContext } from '#features/operator-context.ts'
import { putOperator } from '#features/operators/put.ts'
import { findUnnamedOutages, putOutages } from '#features/outages/put.ts'
import { findUnnamedRecommendations, putRecommendations } from '#features/recommendations/put.ts'
import { findUnnamedCategories, putServiceCategories } from '#features/service-categories/put.ts'
import { findUnnamedServices, putServices } from '#features/services/put.ts'
import type { OperatorEntry } from '../import-format.ts'
import { bring, type Door, tallyPut } from './bring.ts'
import type { Importing, ImportKind } from './importing.ts'

/** What belongs to nobody but the operator. */
export async function importOperator(importing: Importing): Promise<void> {
  const { ctx, file } = importing
  const { operator, serviceCategories, services, manuals, recommendations, notices } = file.content
  const bringList = <Entry>(
    kind: ImportKind,
    entries: readonly Entry[] | undefined,
    door: Door<OperatorContext, Entry>,
  ): Promise<void> => bring(importing, { kind }, { ctx, entries, door })
  if (operator) tallyPut(importing, { kind: 'operator' }, await putOperator(ctx, withLogo(operator)))
  // In this order: each may name what comes before it.
  await bringList('serviceCategories', inOrder(serviceCategories), {
    put: putServiceCategories,
    findUnnamed: findUnnamedCategories,
  })
  await bringList('services', inOrder(services), { put: putServices, findUnnamed: findUnnamedServices })
  await bringList('manuals', manuals, { put: putManuals, findUnnamed: findUnnamedManuals })
  await bringList('recommendations', inOrder(recommendations), {
    put: putRecommendations,
    findUnnamed: findUnnamedRecommendations,
  })
  await bringList('notices', notices, { put: putNotices, findUnnamed: findUnnamedNotices })
}

/** What concerns many customers at once: after them, for it names what they have. */
export async function importOutages(importing: Importing): Promise<void> {
  const { ctx, file } = importing
  const door = { put: putOutages, findUnnamed: findUnnamedOutages }
  await bring(importing, { kind: 'outages' }, { ctx, entries: file.content.outages, door })
}

/** The order of the file is that of the menu, or of the page. */
function inOrder<Entry>(entries: readonly Entry[] | undefined): (Entry & { position: number })[] | undefined {
  return entries?.map((entry, index) => ({ ...entry, position: index + 1 }))
}

function withLogo({ logo: { svg, png } = {}, ...operator }: OperatorEntry): Parameters<typeof putOperator>[1] {
  if (svg !== undefined) return { ...operator, logo: { bytes: Buffer.from(svg), type: 'image/svg+xml' } }
  if (png !== undefined) return { ...operator, logo: { bytes: Buffer.from(png, 'base64'), type: 'image/png' } }
  return operator
}

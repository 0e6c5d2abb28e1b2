import { contractLabels, serviceLabels } from '#sites/frame/guide-labels.ts'
import { listContracts } from '#features/contracts/list.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { contractQueryOf } from './contract-query.ts'
import { contractStatusWords } from './contract-status.tsx'

const words = {
  name: serviceLabels.contractList,
  status: contractLabels.status,
  number: contractLabels.contractNumber,
  group: contractLabels.groupNumber,
  service: contractLabels.serviceName,
  site: contractLabels.site,
  memo: contractLabels.memo,
}

/** Rows of one read: some milliseconds each. */
const rowsAtOnce = 1000

/** What the list lists, all pages of it. */
export const contractsDownload = portal.download({
  path: paths.contractsCsv,
  allow: 'user',
  words,
  async load(ctx, asked, text) {
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    const query = contractQueryOf(asked, services)
    if (!query) return notFound
    const { language } = ctx
    return {
      name: text.name,
      columns: [text.status, text.number, text.group, text.service, text.site, text.memo],
      async read(now, edge) {
        const place = { size: rowsAtOnce, page: 1, from: edge ? { after: edge } : ('start' as const) }
        const { rows } = await listContracts(now, { ...query.asked, place })
        return {
          rows: rows.map(({ row: { status, number, groupNumber, service, site, memo } }) => [
            contractStatusWords[status][language],
            number,
            groupNumber,
            service[language],
            site,
            memo,
          ]),
          edge: rows.length === rowsAtOnce ? rows.at(-1)?.key : undefined,
        }
      },
    }
  },
})

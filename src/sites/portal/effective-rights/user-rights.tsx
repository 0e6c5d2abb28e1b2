import { contractLabels } from '#sites/frame/guide-labels.ts'
import type { UserRight } from '#features/effective-rights/of-user.ts'
import type { ListColumn } from '#platform/web/list.ts'
import type { Language, Words } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { LevelOf } from './level.tsx'
import { ReasonList } from './reasons.tsx'
import { rightsTitle } from './words.ts'

/** What every list of what one user may see says. */
export const userRightWords = {
  number: contractLabels.contractNumber,
  service: contractLabels.serviceName,
  site: contractLabels.site,
  level: rightsTitle,
  reasons: { ja: '権限を与えているグループ', en: 'Given by' },
  caption: rightsTitle,
  noMatch: { ja: '条件に合うご契約がありません', en: 'No contract matches' },
} satisfies Words

export const ownRightColumns = columnsFor('user')
/** Administrators are led on to who else may see a contract, and to the groups. */
export const userRightColumns = columnsFor('administrator')

function columnsFor(reader: 'user' | 'administrator') {
  const contract = reader === 'user' ? paths.contract : paths.rightsOfContract
  return {
    number: { header: true, cell: ({ id, number }) => <a href={contract({ id })}>{number}</a> },
    service: { long: true, cell: ({ service }, { language }) => service[language] },
    site: { long: true, cell: ({ site }) => site },
    level: { phone: 'beside', cell: ({ level }, { language }) => <LevelOf level={level} language={language} /> },
    reasons: {
      long: true,
      phone: 'below',
      cell: (row, { language }) => <ReasonList {...row} language={language} isLinked={reader === 'administrator'} />,
    },
  } satisfies Record<string, ListColumn<UserRight, { language: Language }>>
}

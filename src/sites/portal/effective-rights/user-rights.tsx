import { contractLabels } from '#sites/frame/guide-labels.ts'
import type { UserRight } from '#features/effective-rights/of-user.ts'
import type { Reader } from '#platform/web/page.ts'
import type { ListColumn } from '#platform/web/list.ts'
import type { Language, Words } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { LevelOf } from './level.tsx'
import { levelWord } from '../user-groups/words.ts'
import { ReasonList, reasonText, sinceOf } from './reasons.tsx'
import { rightsTitle, sinceLabel } from './words.ts'

/** What every list of what one user may see says. */
export const userRightWords = {
  number: contractLabels.contractNumber,
  service: contractLabels.serviceName,
  site: contractLabels.site,
  level: rightsTitle,
  since: sinceLabel,
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
    number: {
      header: true,
      cell: ({ id, number }) => <a href={contract({ id })}>{number}</a>,
      csv: ({ number }) => number,
    },
    service: {
      long: true,
      cell: ({ service }, { language }) => service[language],
      csv: ({ service }, language) => service[language],
    },
    site: { long: true, cell: ({ site }) => site, csv: ({ site }) => site },
    level: {
      phone: 'beside',
      cell: ({ level }, { language }) => <LevelOf level={level} language={language} />,
      csv: ({ level }, language) => levelWord(level, language),
    },
    reasons: {
      long: true,
      phone: 'below',
      cell: (row, { language, reader: by }) => (
        <ReasonList {...row} language={language} reader={by} isLinked={reader === 'administrator'} />
      ),
      csv: (row, language) => reasonText(row, language),
    },
    since: { csvTime: sinceOf },
  } satisfies Record<string, ListColumn<UserRight, { language: Language; reader: Reader }>>
}

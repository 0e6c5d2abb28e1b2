import { contractLabels, serviceLabels } from '#sites/frame/guide-labels.ts'
import { contractList } from '#features/contracts/list.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { thingOfListing } from '#features/subjects/listings.ts'
import { loadSubjects } from '../subjects/load-subjects.ts'
import { NoContracts } from '../subjects/no-contracts.tsx'
import { saidOf, SubjectHeading } from '../subjects/subject-heading.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { ContractStatusMark, contractStatusIcons, contractStatusWords } from '#sites/frame/states/contract-status.tsx'

const words = {
  title: serviceLabels.contractList,
  lead: {
    ja: '所属するユーザーグループで権限のあるご契約を表示しています。',
    en: 'The contracts that your user groups let you see.',
  },
  caption: { ja: 'ご契約の一覧', en: 'Contracts' },
  status: contractLabels.status,
  number: contractLabels.contractNumber,
  group: contractLabels.groupNumber,
  service: contractLabels.serviceName,
  site: contractLabels.site,
  memo: contractLabels.memo,
  memoAction: { ja: 'メモの操作', en: 'Memo actions' },
  edit: { ja: '編集する', en: 'Edit' },
  add: { ja: '追加する', en: 'Add' },
  ofMemo: { ja: (number: string) => `（${number}のメモ）`, en: (number: string) => ` (memo of ${number})` },
  noMatch: { ja: '条件に合うご契約がありません', en: 'No contract matches' },
}

/** ご契約・運用状況の一覧 */
export const contractsPage = portal.list({
  path: paths.contracts,
  allow: 'user',
  words,
  section: 'contracts',
  from: contractList,
  load: (ctx, asked, read) => loadSubjects(ctx, asked, read),
  conditions: (view) => saidOf(view),
  about: () => thingOfListing('contracts'),
  heading: (view) => <SubjectHeading {...view} listing="contracts" path={paths.contracts} />,
  empty: ({ data: { groups }, reader: { language } }) => <NoContracts groups={groups} language={language} />,
  chips: { status: { labels: contractStatusWords, icons: contractStatusIcons } },
  columns: {
    status: {
      phone: 'beside',
      cell: ({ status }, { language }) => <ContractStatusMark status={status} language={language} />,
      csv: ({ status }, language) => contractStatusWords[status][language],
    },
    number: {
      header: true,
      cell: ({ id, number }) => <a href={paths.contract({ id })}>{number}</a>,
      csv: ({ number }) => number,
    },
    group: { phone: 'hidden', cell: ({ groupNumber }) => groupNumber, csv: ({ groupNumber }) => groupNumber },
    service: {
      cell: ({ service }, { language }) => service[language],
      csv: ({ service }, language) => service[language],
    },
    site: { long: true, cell: ({ site }) => site, csv: ({ site }) => site },
    memo: { long: true, phone: 'below', cell: ({ memo }) => memo, csv: ({ memo }) => memo },
    memoAction: {
      hideLabel: true,
      phone: 'end',
      cell: ({ id, number, memo, mayEdit }, { form, words: text }) =>
        mayEdit && (
          // With the place in the list, to come back to.
          <a class="link-with-icon" href={hrefOf(paths.contractMemo({ id }), { return: form.action })}>
            <Icon name={memo ? 'edit' : 'plus'} />
            {memo ? text.edit : text.add}
            <span class="visually-hidden">{text.ofMemo(number)}</span>
          </a>
        ),
    },
  },
  csv: paths.contractsCsv,
})

import { userLabels } from '#sites/frame/guide-labels.ts'
import {
  type ContractRight,
  contractRightKey,
  type ContractRights,
  type ContractRightsAsked,
  listContractRights,
  type NamedContract,
} from '#features/effective-rights/of-contract.ts'
import { isId } from '#platform/form.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import { placeOf } from '#platform/list/paging.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import type { Column } from '#platform/ui/list/table.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { UserStateMark } from '../users/user-state.tsx'
import { levelChips, levelIn, LevelOf } from './level.tsx'
import { ReasonList } from './reasons.tsx'
import { rightsTitle } from './words.ts'

const words = {
  title: { ja: 'このご契約を参照・編集できるユーザー', en: 'Who can view or edit this contract' },
  rights: rightsTitle,
  list: { ja: 'ユーザグループ一覧', en: 'User groups' },
  toList: { ja: 'ユーザーグループ一覧を表示する', en: 'Show the user groups' },
  user: { ja: 'ユーザー', en: 'User' },
  mail: userLabels.mailAddress,
  state: { ja: '状態', en: 'State' },
  reasons: { ja: '権限を与えているグループ', en: 'Given by' },
  noMatch: { ja: '条件に合うユーザーがいません', en: 'No user matches' },
  none: { ja: '参照できるユーザーがいません', en: 'Nobody can view this contract' },
  noneText: {
    ja: 'このご契約の権限を持つユーザーグループに、所属するユーザーがいません。',
    en: 'No user is in a group with a right to this contract.',
  },
}

interface Data {
  contract: NamedContract
  keyword: string
  size: string | undefined
  asked: ContractRightsAsked
  list: Omit<ContractRights, 'contract'>
}

/** Who may see a contract, and why; also for administrators who may not see the contract itself. */
export const rightsOfContractPage = portal.page({
  path: paths.rightsOfContract,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, { params: { id }, query }): Promise<Data | typeof notFound> {
    if (!isId(id)) return notFound
    const keyword = keywordOf(query)
    const place = placeOf(query, { key: contractRightKey })
    const asked = { contractId: id, terms: termsOf(keyword), level: levelIn(query), place }
    const { contract, ...list } = await listContractRights(ctx, asked)
    return contract ? { contract, keyword, size: query.size, asked, list } : notFound
  },
  title: ({ data: { contract }, words: text }) => `${contract.number} ${text.rights}`,
  view(view) {
    const { data, words: text, reader } = view
    const { language } = reader
    return (
      <>
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.userGroups }]} current={text.rights} />
        <PageHeading heading={text.title} lead={leadOf(data.contract, language)} />
        {data.list.all === 0 ? (
          <EmptyState
            icon="lock"
            heading={text.none}
            action={
              <ButtonLink kind="secondary" href={paths.userGroups}>
                {text.toList}
              </ButtonLink>
            }
          >
            {text.noneText}
          </EmptyState>
        ) : (
          <Listed {...view} />
        )}
      </>
    )
  },
})

function Listed({ data, words: text, reader: { language } }: View<Data, typeof words>) {
  const { contract, keyword, size, asked, list } = data
  const query = { q: keyword, level: asked.level, size }
  return (
    <FilteredTable
      language={language}
      path={paths.rightsOfContract({ id: contract.id })}
      query={query}
      isFiltered={keyword !== '' || asked.level !== undefined}
      unfiltered={{ size }}
      keyword={keyword}
      chips={levelChips({ chosen: asked.level, counts: list.counts }, query, language)}
      chipsLabel={text.rights}
      place={asked.place}
      list={list}
      caption={text.title}
      columns={columnsIn(text, language)}
      rowKey={({ user }) => user.id}
      noMatch={text.noMatch}
    />
  )
}

function columnsIn(text: View<Data, typeof words>['words'], language: Language): Column<ContractRight>[] {
  return [
    {
      label: text.user,
      header: true,
      long: true,
      cell: ({ user: { id, name } }) => <a href={paths.rightsOfUser({ id })}>{name}</a>,
    },
    { label: text.mail, long: true, cell: ({ user }) => user.mail },
    { label: text.state, cell: ({ user }) => <UserStateMark state={user.state} notice={null} language={language} /> },
    { label: text.rights, phone: 'beside', cell: ({ level }) => <LevelOf level={level} language={language} /> },
    {
      label: text.reasons,
      long: true,
      phone: 'below',
      cell: (row) => <ReasonList {...row} language={language} isLinked />,
    },
  ]
}

function leadOf({ number, service, site }: NamedContract, language: Language): string {
  return [number, service[language], site].filter(Boolean).join(language === 'ja' ? '　' : ' · ')
}

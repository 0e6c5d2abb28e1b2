import { stateWords } from '#sites/frame/states/user-state-words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { contractRightList, type NamedContract } from '#features/effective-rights/of-contract.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { notFound } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { UserStateMark } from '#sites/frame/states/user-state.tsx'
import { levelChips, LevelOf } from './level.tsx'
import { ReasonList, reasonText, sinceOf } from './reasons.tsx'
import { levelWord } from '../user-groups/words.ts'
import { rightsTitle, sinceLabel } from './words.ts'

const words = {
  title: { ja: 'このご契約を参照・編集できるユーザー', en: 'Who can view or edit this contract' },
  unit: { ja: '名', en: '' },
  level: rightsTitle,
  list: { ja: 'ユーザグループ一覧', en: 'User groups' },
  toList: { ja: 'ユーザーグループ一覧を表示する', en: 'Show the user groups' },
  user: { ja: 'ユーザー', en: 'User' },
  mail: userLabels.mailAddress,
  state: { ja: '状態', en: 'State' },
  since: sinceLabel,
  reasons: { ja: '権限を与えているグループ', en: 'Given by' },
  history: { ja: 'このご契約に関わる変更履歴', en: 'Changes about this contract' },
  noMatch: { ja: '条件に合うユーザーがいません', en: 'No user matches' },
  none: { ja: '参照できるユーザーがいません', en: 'Nobody can view this contract' },
  noneText: {
    ja: 'このご契約の権限を持つユーザーグループに、所属するユーザーがいません。',
    en: 'No user is in a group with a right to this contract.',
  },
}

/** Who may see a contract, and why; also for administrators who may not see the contract itself. */
export const rightsOfContractPage = portal.list({
  path: paths.rightsOfContract,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: contractRightList,
  async load(_ctx, { params: { id: contractId } }, read) {
    const list = await read({ contractId })
    return list.beside ? { list, contract: list.beside } : notFound
  },
  title: ({ data: { contract }, words: text }) => `${contract.number} ${text.level}`,
  heading: ({ data: { contract }, words: text, reader: { language } }) => (
    <>
      <Breadcrumb language={language} trail={[{ label: text.list, href: paths.userGroups }]} current={text.level} />
      <PageHeading
        heading={text.title}
        lead={leadOf(contract, language)}
        actions={
          <ButtonLink kind="secondary" small icon="clock" href={hrefOf(paths.changeHistory, { contract: contract.id })}>
            {text.history}
          </ButtonLink>
        }
      />
    </>
  ),
  empty: ({ words: text }) => (
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
  ),
  chips: levelChips,
  csv: paths.rightsOfContractCsv.pattern,
  whose: ({ contract }) => contract.number,
  columns: {
    user: {
      header: true,
      long: true,
      cell: ({ user: { id, name } }) => <a href={paths.rightsOfUser({ id })}>{name}</a>,
      csv: ({ user }) => user.name,
    },
    mail: { long: true, cell: ({ user }) => <MailAddress mail={user.mail} />, csv: ({ user }) => user.mail },
    state: {
      cell: ({ user }, { language }) => (
        <UserStateMark state={user.state} stage={user.stage} notice={null} language={language} />
      ),
      csv: ({ user }, language) => stateWords[user.state][language],
    },
    level: {
      phone: 'beside',
      cell: ({ level }, { language }) => <LevelOf level={level} language={language} />,
      csv: ({ level }, language) => levelWord(level, language),
    },
    reasons: {
      long: true,
      phone: 'below',
      cell: (row, { language, reader }) => <ReasonList {...row} language={language} reader={reader} isLinked />,
      csv: (row, language) => reasonText(row, language),
    },
    since: { csvTime: sinceOf },
  },
})

function leadOf({ number, service, site }: NamedContract, language: Language): string {
  return [number, service[language], site].filter(Boolean).join(language === 'ja' ? '　' : ' · ')
}

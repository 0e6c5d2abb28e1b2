import { listMembers, type Member } from '#features/staff/members.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { paths } from '../paths.ts'
import { rolesInWords } from '../role-words.ts'
import { staffConsole } from '../site.tsx'
import { MemberState } from './member-state.tsx'

const words = {
  title: { ja: '担当者', en: 'Staff' },
  lead: {
    ja: '担当者コンソールにログインできる人です。お客様には番号だけが表示されます。',
    en: 'Who can log in to this console. Customers read the number alone.',
  },
  add: { ja: '担当者を追加する', en: 'Add a member' },
  number: { ja: '番号', en: 'Number' },
  name: { ja: '名前', en: 'Name' },
  roles: { ja: '役割', en: 'Roles' },
  state: { ja: '状態', en: 'State' },
  last: { ja: '最終ログイン', en: 'Last login' },
  alone: { ja: 'セキュリティの担当者が1人だけです', en: 'Only one member is responsible for security' },
  aloneText: {
    ja: '自分の依頼は承認できないため、二人目の承認はサーバーのコマンド「npm run operator -- second-yes」だけで行えます。もう1人を追加してください。',
    en: 'Nobody approves what they asked for, so the server’s command line alone gives the second yes: npm run operator -- second-yes. Add another member.',
  },
}

/** The members of the house. */
export const membersPage = staffConsole.page({
  path: paths.members,
  allow: 'security',
  words,
  load: async (ctx) => listMembers(ctx),
  title: ({ words: text }) => text.title,
  view({ data, words: text, reader: { timeZone: zone, language, now } }) {
    const guards = data.filter(({ state, roles }) => state === 'active' && roles.includes('security'))
    const columns: Column<Member>[] = [
      {
        label: text.name,
        header: true,
        cell: ({ id, name, mail }) => (
          <>
            <a href={paths.member({ id })}>{name}</a>
            <div class="small-text">
              <MailAddress mail={mail} />
            </div>
          </>
        ),
      },
      { label: text.number, phone: 'before', cell: ({ number }) => <span class="number">{number}</span> },
      { label: text.roles, cell: ({ roles }) => rolesInWords(roles, language) },
      { label: text.state, phone: 'beside', cell: ({ state }) => <MemberState state={state} language={language} /> },
      {
        label: text.last,
        phone: 'labelled',
        cell: ({ lastSignInAt }) =>
          lastSignInAt && <Time at={lastSignInAt} zone={zone} language={language} now={now} />,
      },
    ]
    return (
      <>
        <PageHeading
          heading={text.title}
          lead={text.lead}
          actions={
            <ButtonLink kind="secondary" small href={paths.addMember}>
              {text.add}
            </ButtonLink>
          }
        />
        {guards.length < 2 && (
          <Notice kind="warning" heading={text.alone}>
            {text.aloneText}
          </Notice>
        )}
        <Table caption={text.title} columns={columns} rows={data} rowKey={({ id }) => id} />
      </>
    )
  },
})

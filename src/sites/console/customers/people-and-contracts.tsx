import type { JSX } from 'preact'
import type { Overview, OverviewUser } from '#features/customers/overview.ts'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { ContractStatusMark } from '#sites/frame/states/contract-status.tsx'
import { UserStateMark } from '#sites/frame/states/user-state.tsx'
import { paths } from '../paths.ts'
import { mailStateWords } from '../mails/mail-words.ts'

const words = {
  contracts: { ja: 'ご契約の一覧', en: 'Contracts' },
  number: { ja: '契約番号', en: 'Contract number' },
  service: { ja: 'サービス', en: 'Service' },
  site: { ja: '拠点', en: 'Site' },
  status: { ja: '運用状況', en: 'Status' },
  users: { ja: 'ユーザーの一覧', en: 'Users' },
  name: { ja: '名前', en: 'Name' },
  state: { ja: '状態', en: 'State' },
  role: userLabels.role,
  administrator: userLabels.portalAdministrator,
  general: userLabels.generalUser,
  last: { ja: '最終ログイン', en: 'Last login' },
  mail: { ja: '最新のメール', en: 'Newest mail' },
  none: { ja: 'ありません。', en: 'There are none.' },
}

interface ContractTableProps {
  rows: Overview['contracts']['rows']
  language: Language
}

export function ContractTable({ rows, language }: ContractTableProps): JSX.Element {
  const text = inLanguage(words, language)
  if (rows.length === 0) return <p class="small-text">{text.none}</p>
  return (
    <Table
      caption={text.contracts}
      columns={[
        { label: text.number, header: true, cell: ({ number }) => <span class="number">{number}</span> },
        { label: text.service, cell: ({ service }) => service[language] },
        { label: text.site, cell: ({ site }) => site ?? '' },
        {
          label: text.status,
          phone: 'beside',
          cell: ({ status }) => <ContractStatusMark status={status} language={language} />,
        },
      ]}
      rows={rows}
      rowKey={({ id }) => id}
    />
  )
}

interface UserTableProps {
  rows: readonly OverviewUser[]
  customerId: string
  reader: Reader
}

export function UserTable({ rows, customerId, reader }: UserTableProps): JSX.Element {
  const { timeZone: zone, language, now } = reader
  const text = inLanguage(words, language)
  if (rows.length === 0) return <p class="small-text">{text.none}</p>
  const columns: Column<OverviewUser>[] = [
    {
      label: text.name,
      header: true,
      cell: ({ id, name, mail }) => (
        <>
          <a href={paths.user({ customer: customerId, id })}>{name}</a>
          <div class="small-text">
            <MailAddress mail={mail} />
          </div>
        </>
      ),
    },
    {
      label: text.role,
      phone: 'hidden',
      cell: ({ role }) => (role === 'portal-administrator' ? text.administrator : text.general),
    },
    {
      label: text.state,
      phone: 'beside',
      cell: ({ state, stage }) => <UserStateMark state={state} stage={stage} notice={null} language={language} />,
    },
    {
      label: text.last,
      phone: 'labelled',
      cell: ({ lastSignInAt }) => lastSignInAt && <Time at={lastSignInAt} zone={zone} language={language} now={now} />,
    },
    { label: text.mail, phone: 'hidden', cell: (user) => <MailState {...user} language={language} /> },
  ]
  return <Table caption={text.users} columns={columns} rows={rows} rowKey={({ id }) => id} />
}

function MailState({ mailState, mailProblem, language }: OverviewUser & { language: Language }) {
  if (!mailState) return null
  const word = mailStateWords[mailState][language]
  if (mailState !== 'refused' && mailState !== 'expired') return <span class="small-text">{word}</span>
  return (
    <>
      <Badge kind="trouble">{word}</Badge>
      {mailProblem && <div class="small-text">{mailProblem}</div>}
    </>
  )
}

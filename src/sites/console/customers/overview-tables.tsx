import type { JSX } from 'preact'
import type { Overview } from '#features/customers/overview.ts'
import { Section } from '#platform/ui/layout/section.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { eventWords, reasonWords } from '#sites/frame/states/access-words.ts'
import { actionWord } from '#sites/frame/states/action-words.ts'
import { OrderStateMark } from '#sites/frame/states/order-state.tsx'
import { TicketStateMark } from '#sites/frame/states/ticket-state.tsx'
import { mailKindWord, mailStateWords } from '../mails/mail-words.ts'
import { paths } from '../paths.ts'

const words = {
  none: { ja: 'ありません。', en: 'There are none.' },
  name: { ja: '名前', en: 'Name' },
  group: { ja: 'グループ番号', en: 'Group number' },
  members: { ja: '所属', en: 'Members' },
  rules: { ja: '権限の数', en: 'Rules' },
  groups: { ja: 'ユーザーグループの一覧', en: 'User groups' },
  orders: { ja: 'お申し込み', en: 'Orders' },
  ordered: { ja: 'お申し込み日', en: 'Ordered' },
  tickets: { ja: 'お問い合わせ・故障', en: 'Tickets' },
  state: { ja: '状態', en: 'State' },
  updated: { ja: '最終更新', en: 'Last updated' },
  mails: { ja: 'メールの一覧', en: 'Mails' },
  mail: { ja: 'メール', en: 'Mail' },
  to: { ja: '宛先', en: 'To' },
  at: { ja: '日時', en: 'Time' },
  changes: { ja: '変更履歴', en: 'Changes' },
  what: { ja: '操作', en: 'What' },
  by: { ja: '操作した人', en: 'By' },
  operator: { ja: '通信事業者', en: 'Operator' },
  accesses: { ja: 'アクセス履歴', en: 'Accesses' },
  who: { ja: 'ユーザー', en: 'User' },
}

interface Shown {
  overview: Overview
  reader: Reader
}

interface Listed<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  none: string
}

function Rows<Row extends { id: string }>({ none, ...table }: Listed<Row>) {
  if (table.rows.length === 0) return <p class="small-text">{none}</p>
  return <Table {...table} rowKey={({ id }) => id} />
}

/** The same under a heading of its own. */
function Named<Row extends { id: string }>(listed: Listed<Row>) {
  return (
    <Section heading={listed.caption} small>
      <Rows {...listed} />
    </Section>
  )
}

export function GroupTable({ rows, language }: { rows: Overview['groups']; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <Rows
      caption={text.groups}
      none={text.none}
      rows={rows}
      columns={[
        { label: text.name, header: true, cell: ({ name }) => name },
        { label: text.group, cell: ({ number }) => <span class="number">{number}</span> },
        { label: text.members, number: true, phone: 'labelled', cell: ({ members }) => members },
        { label: text.rules, number: true, phone: 'labelled', cell: ({ rules }) => rules },
      ]}
    />
  )
}

export function WorkTables({ overview: { orders, tickets }, reader }: Shown): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  return (
    <>
      <Named
        caption={text.orders}
        none={text.none}
        rows={orders}
        columns={[
          {
            label: text.orders,
            header: true,
            cell: ({ id, code, title }) => (
              <>
                <a href={paths.order({ id })}>{title[language]}</a>
                <div class="small-text number">{code}</div>
              </>
            ),
          },
          {
            label: text.state,
            phone: 'beside',
            cell: ({ state }) => <OrderStateMark state={state} language={language} />,
          },
          { label: text.ordered, cell: ({ orderedOn }) => <Day on={orderedOn} language={language} now={now} /> },
        ]}
      />
      <Named
        caption={text.tickets}
        none={text.none}
        rows={tickets}
        columns={[
          {
            label: text.tickets,
            header: true,
            cell: ({ id, code, title }) => (
              <>
                <a href={paths.ticket({ id })}>{title[language]}</a>
                <div class="small-text number">{code}</div>
              </>
            ),
          },
          {
            label: text.state,
            phone: 'beside',
            cell: ({ state }) => <TicketStateMark state={state} language={language} />,
          },
          {
            label: text.updated,
            cell: ({ updatedAt }) => <Time at={updatedAt} zone={zone} language={language} now={now} />,
          },
        ]}
      />
    </>
  )
}

export function MailTable({ rows, reader }: { rows: Overview['mails']; reader: Reader }): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  return (
    <Rows
      caption={text.mails}
      none={text.none}
      rows={rows}
      columns={[
        { label: text.mail, header: true, cell: ({ kind }) => mailKindWord(kind, language) },
        { label: text.to, long: true, cell: ({ recipient }) => <MailAddress mail={recipient} /> },
        {
          label: text.state,
          phone: 'beside',
          cell({ state, problem }) {
            const word = mailStateWords[state][language]
            if (state !== 'refused' && state !== 'expired') return word
            return (
              <>
                <Badge kind="trouble">{word}</Badge>
                {problem && <div class="small-text">{problem}</div>}
              </>
            )
          },
        },
        { label: text.at, cell: ({ at }) => <Time at={at} zone={zone} language={language} now={now} /> },
      ]}
    />
  )
}

export function HistoryTables({ overview: { changes, accesses }, reader }: Shown): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const time = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  return (
    <>
      <Named
        caption={text.changes}
        none={text.none}
        rows={changes}
        columns={[
          {
            label: text.changes,
            header: true,
            cell: ({ action, subject }) => (
              <>
                {actionWord(action, language)}
                <div class="small-text">{subject}</div>
              </>
            ),
          },
          { label: text.by, cell: ({ by }) => by || text.operator },
          { label: text.at, cell: ({ at }) => time(at) },
        ]}
      />
      <Named
        caption={text.accesses}
        none={text.none}
        rows={accesses}
        columns={[
          {
            label: text.accesses,
            header: true,
            cell: ({ event, reason }) => (
              <>
                {eventWords[event][language]}
                {reason && <div class="small-text">{reasonWords[reason][language]}</div>}
              </>
            ),
          },
          { label: text.who, cell: ({ user }) => user },
          { label: text.at, cell: ({ at }) => time(at) },
        ]}
      />
    </>
  )
}

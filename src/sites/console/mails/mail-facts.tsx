import type { JSX } from 'preact'
import type { StaffMail } from '#features/mails/find.ts'
import type { SeenCustomer } from '#features/staff/see-customer.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { RefusedAddress } from '#sites/frame/states/refused-address.tsx'
import { paths } from '../paths.ts'
import { mailStateWords } from './mail-words.ts'
import { MailStateMark } from './mail-state.tsx'

const words = {
  state: { ja: '状態', en: 'State' },
  customer: { ja: 'お客様', en: 'Customer' },
  user: { ja: 'ユーザー', en: 'User' },
  now: { ja: 'いまの登録アドレス', en: 'Address now' },
  problem: { ja: 'サーバーの応答', en: 'What was heard' },
  tries: { ja: '送信を試した回数', en: 'Tries' },
  created: { ja: '作成日時', en: 'Written' },
  tried: { ja: '最後の送信', en: 'Last tried' },
  until: { ja: '送信期限', en: 'Tried until' },
  resent: { ja: '再送の受付', en: 'Sent again' },
}

interface FactsProps {
  mail: StaffMail
  customer: SeenCustomer
  reader: Reader
}

/** What is known of a mail, whose it was, and what the servers said. */
export function MailFacts({ mail, customer, reader }: FactsProps): JSX.Element {
  const { language, now, timeZone: zone } = reader
  const text = inLanguage(words, language)
  const when = (at: Date | null): JSX.Element | null => at && <Time at={at} zone={zone} language={language} now={now} />
  const { user } = mail
  const facts = [
    { term: text.state, value: <MailStateMark state={mail.state} words={mailStateWords} language={language} /> },
    { term: text.customer, value: <a href={paths.customer({ id: customer.id })}>{customer.name}</a> },
    { term: text.user, value: user && <a href={paths.user({ customer: customer.id, id: user.id })}>{user.name}</a> },
    {
      term: text.now,
      value: user && (
        <>
          <MailAddress mail={user.mail} />
          {user.refusedAt && <RefusedAddress since={user.refusedAt} reader={reader} />}
        </>
      ),
    },
    { term: text.problem, value: mail.problem },
    { term: text.tries, value: String(mail.tries) },
    { term: text.created, value: when(mail.createdAt) },
    { term: text.tried, value: when(mail.triedAt) },
    { term: text.resent, value: when(mail.resentAt) },
    { term: text.until, value: mail.state === 'queued' && when(mail.expiresAt) },
  ]
  return <Facts facts={facts.filter(({ value }) => Boolean(value))} />
}

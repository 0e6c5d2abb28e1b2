import type { SecondYes } from '#features/staff/second-yes.ts'
import type { Fact } from '#platform/ui/layout/facts.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { rolesInWords } from '../role-words.ts'

const words = {
  customer: { ja: 'お客様', en: 'Customer' },
  user: { ja: '対象のユーザー', en: 'User' },
  member: { ja: '対象の担当者', en: 'Member of staff' },
  mail: userLabels.mailAddress,
  phone: { ja: '電話番号', en: 'Phone number' },
  notice: { ja: 'お知らせ', en: 'Notice' },
  roles: { ja: '役割', en: 'Roles' },
  formerRoles: { ja: 'これまでの役割', en: 'Roles so far' },
  reason: { ja: '理由', en: 'Reason' },
  askedBy: { ja: '依頼した人', en: 'Asked by' },
  askedAt: { ja: '依頼日時', en: 'Asked at' },
  decidedBy: { ja: '承認・却下した人', en: 'Decided by' },
  commandLine: { ja: 'サーバーのコマンド', en: 'The server’s command line' },
  decidedAt: { ja: '承認・却下日時', en: 'Decided at' },
  dueAt: { ja: '実行の予定', en: 'To be done at' },
  dueText: {
    ja: 'お客様のただ一人のポータル管理者のため、これまでに登録されたことのあるすべてのメールアドレスに予告しました。それまでにログインがあると中止します。',
    en: 'This is the customer’s only administrator, so all known addresses were told. A login before then stops it.',
  },
  carriedOutAt: { ja: '実行日時', en: 'Done at' },
}

/** All that is known of a request. */
export function factsOf(request: SecondYes, { timeZone: zone, language, now }: Reader): Fact[] {
  const text = inLanguage(words, language)
  const { customer, user, facts, askedBy, decidedBy, decidedAt, dueAt, carriedOutAt } = request
  const person = user ?? facts.person
  const time = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  const by = ({ name, number }: { name: string; number: string }) => (
    <>
      {name} <span class="number">{number}</span>
    </>
  )
  const said: (Fact | false | null | undefined)[] = [
    !customer.isHouse && {
      term: text.customer,
      value: <a href={paths.customer({ id: customer.id })}>{customer.name}</a>,
    },
    person && { term: customer.isHouse ? text.member : text.user, value: <Person {...request} /> },
    person && { term: text.mail, value: <MailAddress mail={person.mail} /> },
    person && { term: text.phone, value: <span class="number">{person.phone}</span> },
    facts.notice && { term: text.notice, value: facts.notice.title[language] },
    facts.formerRoles && { term: text.formerRoles, value: rolesInWords(facts.formerRoles, language) },
    facts.roles && { term: text.roles, value: rolesInWords(facts.roles, language) },
    { term: text.reason, value: <span class="told">{request.reason}</span> },
    { term: text.askedBy, value: by(askedBy) },
    { term: text.askedAt, value: time(request.askedAt) },
    decidedAt && { term: text.decidedBy, value: decidedBy ? by(decidedBy) : text.commandLine },
    decidedAt && { term: text.decidedAt, value: time(decidedAt) },
    dueAt && {
      term: text.dueAt,
      value: (
        <>
          {time(dueAt)}
          <div class="small-text">{text.dueText}</div>
        </>
      ),
    },
    carriedOutAt && { term: text.carriedOutAt, value: time(carriedOutAt) },
  ]
  return said.filter((fact) => !!fact)
}

function Person({ customer, user, facts }: SecondYes) {
  if (!user) return <>{facts.person?.name}</>
  if (customer.isHouse) return <a href={paths.member({ id: user.id })}>{user.name}</a>
  return <a href={paths.user({ customer: customer.id, id: user.id })}>{user.name}</a>
}

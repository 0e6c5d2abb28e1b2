import { mailLabels } from '#features/mails/labels.ts'
import type { Email } from '#features/mails/sealed.ts'
import { type Answers, sayAnswers } from '#features/order-forms/answers.ts'
import type { OrderForm } from '#features/order-forms/form.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'

/** What a mail about a request tells: an approver that it waits; and who has asked, what has become of it. */
export type RequestNews =
  | 'to-approve'
  | 'approved'
  | 'awaiting-approval'
  | 'sent'
  | 'returned'
  | 'accepted'
  | 'rejected'

interface RequestMailFacts {
  news: RequestNews
  code: string
  form: OrderForm
  answers: Answers
  /** Its number. */
  contract: string | null
  askedByName: string
  url: string
}

const news: Record<RequestNews, { mark: Phrase; text: Phrase }> = {
  'to-approve': {
    mark: { ja: '承認のお願い', en: 'To be approved' },
    text: {
      ja: '次の申請が承認を待っています。下記の画面で承認または却下してください。',
      en: 'This request awaits approval. Approve or reject it on the page below.',
    },
  },
  'awaiting-approval': {
    mark: { ja: '申請の受付', en: 'Awaiting approval' },
    text: {
      ja: '次の申請を受け付けました。御社のポータル管理者が承認すると、通信事業者に申し込まれます。',
      en: 'Your request was taken. Once a portal administrator of your company approves it, it goes to the operator.',
    },
  },
  sent: {
    mark: { ja: '申込の受付', en: 'Sent' },
    text: { ja: '次の内容で申し込みました。', en: 'This was ordered.' },
  },
  approved: {
    mark: { ja: '承認', en: 'Approved' },
    text: { ja: '申請が承認され、申し込まれました。', en: 'Your request was approved and has gone to the operator.' },
  },
  rejected: {
    mark: { ja: '却下', en: 'Rejected' },
    text: {
      ja: '申請が却下されました。理由は下記の画面でご確認ください。',
      en: 'Your request was rejected. Read why on the page below.',
    },
  },
  returned: {
    mark: { ja: '差し戻し', en: 'Returned' },
    text: {
      ja: 'お申し込みの内容に確認が必要なため、差し戻されました。理由は下記の画面でご確認ください。',
      en: 'Something has to be put right in your order. Read what on the page below, and send it again.',
    },
  },
  accepted: {
    mark: { ja: '受付完了', en: 'Accepted' },
    text: {
      ja: 'お申し込みを受け付けました。進捗は下記の画面から確認できます。',
      en: 'Your order was accepted. Follow it from the page below.',
    },
  },
}

const words = {
  code: { ja: '申請番号：', en: 'Request: ' },
  contract: { ja: 'ご契約番号：', en: 'Contract: ' },
  askedBy: { ja: '申請した人：', en: 'Asked by: ' },
  answers: { ja: 'お申し込みの内容', en: 'What is ordered' },
  page: { ja: '詳しい内容', en: 'Details' },
}

/** With what was filled in only where it is to be approved or was just sent. */
export function requestEmail(language: Language, facts: RequestMailFacts): Email {
  const text = inLanguage(words, language)
  const { form, answers, code, contract, askedByName, url } = facts
  const { mark, text: tell } = news[facts.news]
  const name = form.name[language]
  const said = sayAnswers(form, answers, language).filter((answer) => answer.text !== '')
  const hasAnswers = ['to-approve', 'awaiting-approval', 'sent'].includes(facts.news)
  const about = [
    `■${name}`,
    `${text.code}${code}`,
    ...(contract === null ? [] : [`${text.contract}${contract}`]),
    `${text.askedBy}${askedByName}`,
  ]
  const parts = [
    tell[language],
    about.join('\n'),
    ...(hasAnswers && said.length > 0
      ? [[`■${text.answers}`, ...said.map((answer) => `${answer.label}: ${answer.text}`)].join('\n')]
      : []),
    `■${text.page}\n${url}`,
    mailLabels.sendOnly[language],
  ]
  const subject = language === 'ja' ? `【${mark.ja}】${name}（${code}）` : `[${mark.en}] ${name} (${code})`
  return { subject, text: `${parts.join('\n\n')}\n` }
}

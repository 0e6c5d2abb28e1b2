import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'

export const ticketNews = ['received', 'answered', 'waiting', 'solved', 'closing'] as const
/** What a mail about a ticket tells. */
export type TicketNews = (typeof ticketNews)[number]

interface TicketFacts {
  news: TicketNews
  code: string
  title: string
  timeZone: string
  answerDueAt: Date | null
  closesAt: Date | null
  url: string
}

interface NewsWords {
  subject: Phrase<(code: string) => string>
  /** `until`: by when something happens, if that is known. */
  text: Phrase<(until: string | undefined) => string>
}

const news: Record<TicketNews, NewsWords> = {
  received: {
    subject: {
      ja: (code) => `お問い合わせを受け付けました（${code}）`,
      en: (code) => `Your inquiry was received (${code})`,
    },
    text: {
      ja: (until) => `お問い合わせを受け付けました。${until === undefined ? '' : `\n${until} までにご返答します。`}`,
      en: (until) => `Your inquiry was received.${until === undefined ? '' : `\nYou will be answered by ${until}.`}`,
    },
  },
  answered: {
    subject: {
      ja: (code) => `お問い合わせに返答がありました（${code}）`,
      en: (code) => `Your inquiry was answered (${code})`,
    },
    text: {
      ja: () => 'お問い合わせに返答がありました。内容は下記の画面でご確認ください。',
      en: () => 'Your inquiry was answered. Read the answer on the page below.',
    },
  },
  waiting: {
    subject: { ja: (code) => `ご返答をお待ちしています（${code}）`, en: (code) => `We need your answer (${code})` },
    text: {
      ja: () => 'お問い合わせについて確認したいことがあります。下記の画面からご返答ください。',
      en: () => 'We have a question about your inquiry. Please answer it on the page below.',
    },
  },
  solved: {
    subject: {
      ja: (code) => `解決のご確認のお願い（${code}）`,
      en: (code) => `Please confirm that it is solved (${code})`,
    },
    text: {
      ja: (until) =>
        `お問い合わせの件は解決したと考えています。下記の画面でご確認ください。${until === undefined ? '' : `\nご連絡がない場合は、${until} に完了とします。`}`,
      en: (until) =>
        `We think that your inquiry is solved. Please confirm it on the page below.${until === undefined ? '' : `\nUnless we hear from you, it is closed on ${until}.`}`,
    },
  },
  closing: {
    subject: {
      ja: (code) => `まもなく完了とします（${code}）`,
      en: (code) => `Your inquiry is about to be closed (${code})`,
    },
    text: {
      ja: (until) =>
        `解決したとお知らせしたお問い合わせを、まもなく完了とします。${until === undefined ? '' : `\n完了の予定：${until}`}\nまだ解決していない場合は、下記の画面からお知らせください。`,
      en: (until) =>
        `The inquiry that we said is solved is about to be closed.${until === undefined ? '' : `\nIt will be closed on ${until}`}\nIf it is not solved yet, tell us on the page below.`,
    },
  },
}

const words = {
  subject: { ja: (what: string) => `ビジネスポータル ${what}`, en: (what: string) => `Business Portal: ${what}` },
  code: { ja: '受付番号：', en: 'Reference: ' },
  title: { ja: '件名：', en: 'Title: ' },
}

/** Tells of a ticket, without what was written in it: a mail is not sealed. */
export function ticketEmail(
  language: Language,
  { news: what, code, title, timeZone, url, ...facts }: TicketFacts,
): Email {
  const text = inLanguage(words, language)
  const until = what === 'received' ? facts.answerDueAt : facts.closesAt
  const { subject, text: tell } = news[what]
  return {
    subject: text.subject(subject[language](code)),
    text: `${tell[language](until ? momentInMail(until, timeZone, language) : undefined)}

${text.code}${code}
${text.title}${title}
${url}

${mailLabels.sendOnly[language]}
`,
  }
}

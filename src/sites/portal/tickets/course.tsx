import type { JSX } from 'preact'
import { closesAfter, reopensFor } from '#features/tickets/course.ts'
import { type FoundTicket, isOpenForReply } from '#features/tickets/find.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { formatTime } from '#platform/time/format.ts'
import { after } from '#platform/time/duration.ts'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'

const words = {
  received: { ja: 'お問い合わせを受け付けました', en: 'Your inquiry was received' },
  open: { ja: '担当者が対応しています', en: 'We are working on it' },
  by: {
    ja: (when: string) => `${when}までにご返答します。`,
    en: (when: string) => `You will be answered by ${when}.`,
  },
  late: {
    ja: (when: string) => `ご返答の予定（${when}）を過ぎています。お待たせして申し訳ありません。状況を確認中です。`,
    en: (when: string) => `You were to be answered by ${when}. We are sorry, and are looking into it.`,
  },
  soon: {
    ja: '進み次第、この画面とメールでお知らせします。',
    en: 'As soon as there is more to say, you will find it here and in a mail.',
  },
  waiting: { ja: 'ご返答をお待ちしています', en: 'We are waiting for your answer' },
  waitingText: {
    ja: '確認したいことがあります。下の「返信」からご返答ください。',
    en: 'We have a question. Please answer it under “Reply” below.',
  },
  waitingReader: {
    ja: '御社からのご返答を待っています。',
    en: 'We are waiting for your company to answer.',
  },
  solved: { ja: '解決のご確認をお願いします', en: 'Please confirm that it is solved' },
  solvedText: {
    ja: (when: string) =>
      `解決したと考えています。ご確認いただけましたら「解決した」を押してください。ご連絡がない場合は、${when}に完了とします。`,
    en: (when: string) =>
      `We think that it is solved. If it is, press “It is solved”. Unless we hear from you, it is closed on ${when}.`,
  },
  closed: {
    ja: (when: string) => `このお問い合わせは${when}に完了しました`,
    en: (when: string) => `This inquiry was closed on ${when}`,
  },
  closedText: {
    ja: (when: string) => `まだ解決していない場合は、${when}まで返信で再開できます。`,
    en: (when: string) => `If it is not solved after all, you can open it again by a reply until ${when}.`,
  },
  closedForGood: {
    ja: '続きがある場合は、続きのお問い合わせを作成してください。',
    en: 'If there is more to say, open an inquiry that goes on with it.',
  },
}

/** Where a ticket stands, what happens next, and until when. */
export function TicketCourse({ ticket, reader }: { ticket: FoundTicket; reader: Reader }): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const at = (moment: Date, style: 'date' | 'date-time' = 'date-time'): string =>
    formatTime(moment, style, { zone, language, now })
  const { state, answerDueAt, solvedAt, closedAt, mayAct, updatedAt } = ticket
  if (state === 'waiting-for-customer')
    return (
      <Notice kind="warning" icon="clock" heading={text.waiting}>
        {mayAct ? text.waitingText : text.waitingReader}
      </Notice>
    )
  if (state === 'solved')
    return (
      <Notice kind="ok" heading={text.solved}>
        {text.solvedText(at(after(solvedAt ?? updatedAt, closesAfter), 'date'))}
      </Notice>
    )
  if (state === 'closed' && closedAt)
    return (
      <Notice kind="info" icon="check" heading={text.closed(at(closedAt, 'date'))}>
        {isOpenForReply(ticket, now) ? text.closedText(at(after(closedAt, reopensFor), 'date')) : text.closedForGood}
      </Notice>
    )
  const isLate = answerDueAt !== null && answerDueAt < now
  const next = answerDueAt === null ? text.soon : (isLate ? text.late : text.by)(at(answerDueAt))
  return (
    <Notice kind={isLate ? 'warning' : 'info'} icon="clock" heading={state === 'received' ? text.received : text.open}>
      {next}
    </Notice>
  )
}

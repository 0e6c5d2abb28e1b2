import { mailLabels } from '#features/mails/labels.ts'
import type { Email } from '#features/mails/sealed.ts'
import type { Language, Phrase } from '#platform/words.ts'

export interface NoticeFacts {
  title: Phrase
  body: Phrase
  isImportant: boolean
  page: string
  /** Where one changes what one is told. */
  wishes: string
}

const words = {
  news: { ja: 'お知らせ', en: 'News' },
  important: { ja: '重要なお知らせ', en: 'Important' },
  page: { ja: 'ビジネスポータルで読む', en: 'On the Business Portal' },
  wishes: { ja: 'メール通知の変更・停止', en: 'To change or end these mails' },
}

/** A notice as it is mailed to whoever wishes it. */
export function noticeEmail(language: Language, { title, body, isImportant, page, wishes }: NoticeFacts): Email {
  const mark = (isImportant ? words.important : words.news)[language]
  return {
    subject: language === 'ja' ? `【${mark}】${title.ja}` : `[${mark}] ${title.en}`,
    text: [
      title[language],
      '',
      body[language],
      '',
      `${words.page[language]}\n${page}`,
      '',
      `${words.wishes[language]}\n${wishes}`,
      '',
      mailLabels.sendOnly[language],
      '',
    ].join('\n'),
  }
}

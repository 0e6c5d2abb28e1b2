import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import type { Language, Phrase } from '#platform/words.ts'
import type { ReservationProblem } from './values.ts'

/** Why a reserved change was not made, as a sentence that says what can be done. */
export const reservationProblemWords: Record<ReservationProblem, Phrase> = {
  'author-gone': {
    ja: '予約した方が、ポータルを利用できなくなっていたためです。必要な場合は、ほかの方があらためて変更してください。',
    en: 'Whoever reserved it can no longer use the portal. If it is still needed, somebody else has to make the change.',
  },
  'right-gone': {
    ja: '予約した方に、このご契約の編集の権限がなくなっていたためです。必要な場合は、権限のある方があらためて変更してください。',
    en: 'Whoever reserved it no longer has the right to edit this contract. If it is still needed, somebody with that right has to make the change.',
  },
  'contract-over': { ja: 'ご契約が終了していたためです。', en: 'The contract has ended.' },
  'changed-since': {
    ja: '予約した後に、同じ項目が変更されていたためです。現在の設定を確認してから、必要な場合はあらためて変更してください。',
    en: 'The same fields were changed after it was reserved. Look at the settings as they are, and change them if need be.',
  },
  'still-used': {
    ja: '削除する予定だったものが、予約した後にほかの設定で使われるようになったためです。使っている設定を外してから、あらためて変更してください。',
    en: 'What was to be deleted is used by other settings since. Remove those uses first, then make the change.',
  },
  'gone-since': {
    ja: '必要な内線、着信グループ、営業時間または転送先が、いまは使えないためです。現在の設定を確認してください。',
    en: 'An extension, call group, business hours or target that it needs is not available any more. Look at the settings as they are.',
  },
  'too-many': {
    ja: 'ご契約の上限を超えるためです。不要な内線または着信グループを削除してから、あらためて変更してください。',
    en: 'There is no room left in the contract. Delete extensions or call groups that are not needed, then make the change.',
  },
  'undone-already': { ja: '元に戻す変更が、すでに元に戻されていたためです。', en: 'The change was undone already.' },
  late: {
    ja: '予約した日時から24時間以内に実施できなかったためです。必要な場合は、あらためて変更してください。',
    en: 'It could not be made within 24 hours of its time. Make the change now if it is still needed.',
  },
}

const words = {
  subject: {
    ja: (number: string) => `ビジネスポータル 予約した設定変更ができなかったお知らせ（${number}）`,
    en: (number: string) => `Business Portal: a reserved change of settings was not made (${number})`,
  },
  text: {
    ja: ({
      number,
      about,
      due,
      author,
      why,
      page,
    }: Lines) => `予約した設定変更を実施できませんでした。設定は変更されていません。

ご契約番号：${number}
対象：${about || '複数の設定'}
予約した日時：${due}
予約した方：${author}

${why}

■予約の内容
${page}

${mailLabels.sendOnly.ja}
`,
    en: ({
      number,
      about,
      due,
      author,
      why,
      page,
    }: Lines) => `A reserved change of settings was not made. Nothing was changed.

Contract: ${number}
About: ${about || 'several settings'}
Reserved for: ${due}
Reserved by: ${author}

${why}

What was reserved
${page}

${mailLabels.sendOnly.en}
`,
  },
}

interface Lines {
  number: string
  about: string
  due: string
  author: string
  why: string
  page: string
}

export interface FailedFacts {
  language: Language
  /** Of whoever reads it. */
  zone: string
  contractId: string
  id: string
  number: string
  subject: string
  dueAt: Date
  authorName: string
  problem: ReservationProblem
}

/** Tells that a reserved change was not made. */
export function reservationFailedEmail(by: { settingsUrl: URL }, facts: FailedFacts): Email {
  const { language, zone, contractId, id, number, subject, dueAt, authorName, problem } = facts
  const lines = {
    number,
    about: subject,
    due: momentInMail(dueAt, zone, language),
    author: authorName,
    why: reservationProblemWords[problem][language],
    page: new URL(`/c/${contractId}/reservations/${id}`, by.settingsUrl).href,
  }
  return { subject: words.subject[language](number), text: words.text[language](lines) }
}

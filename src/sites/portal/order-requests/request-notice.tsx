import type { JSX } from 'preact'
import type { FoundRequest } from '#features/order-requests/find.ts'
import { formatTime } from '#platform/time/format.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { approversIn } from './request-words.ts'

const words = {
  waits: { ja: 'ポータル管理者の承認を待っています', en: 'It awaits the approval of a portal administrator' },
  can: { ja: (names: string) => `承認できるのは${names}です。`, en: (names: string) => `${names} can approve it.` },
  nobody: {
    ja: 'いま承認できるポータル管理者がいません。対象を参照できる、申請した人以外のポータル管理者が必要です。',
    en: 'Nobody can approve it now: it needs a portal administrator who can view what it is about, and has not asked for it.',
  },
  sent: { ja: '通信事業者の受付を待っています', en: 'It waits for the operator' },
  sentText: {
    ja: '受け付けられると、お申し込みの進捗に表示されます。',
    en: 'Once it is accepted, it becomes an order that you can follow.',
  },
  accepted: { ja: '受け付けられました', en: 'It was accepted' },
  order: { ja: (code: string) => `お申し込み${code}の進捗を確認する`, en: (code: string) => `Follow order ${code}` },
  returned: { ja: '差し戻されました', en: 'It was returned' },
  rejected: { ja: '却下されました', en: 'It was rejected' },
}

const decidedWords = {
  sent: {
    ja: (time: string, name: string) => `この申請は${time}に${name}さんが承認しました。`,
    en: (time: string, name: string) => `This was approved by ${name} on ${time}.`,
  },
  rejected: {
    ja: (time: string, name: string) => `この申請は${time}に${name}さんが却下しました。`,
    en: (time: string, name: string) => `This was rejected by ${name} on ${time}.`,
  },
  withdrawn: {
    ja: (time: string, name: string) => `この申請は${time}に${name}さんが取り下げました。`,
    en: (time: string, name: string) => `This was withdrawn by ${name} on ${time}.`,
  },
  answered: {
    ja: 'この申請には通信事業者が回答しました。内容をご確認ください。',
    en: 'The operator has answered this request. See what it says.',
  },
}

/** To whoever comes too late: by whom it was decided, and when. */
export function decidedSentence(
  { state, decided }: Pick<FoundRequest, 'state' | 'decided'>,
  { language, timeZone: zone, now }: Pick<Reader, 'language' | 'timeZone' | 'now'>,
): string {
  const text = inLanguage(decidedWords, language)
  if (!decided || (state !== 'sent' && state !== 'rejected' && state !== 'withdrawn')) return text.answered
  return text[state](formatTime(decided.at, 'date-time', { zone, language, now }), decided.by)
}

export interface RequestNoticeProps {
  request: FoundRequest
  /** While it awaits approval. */
  approvers: readonly { name: string }[]
  language: Language
}

/** What happens next with a request, or why nothing does. */
export function RequestNotice({ request, approvers, language }: RequestNoticeProps): JSX.Element | null {
  const text = inLanguage(words, language)
  const { state, reason, order } = request
  if (state === 'awaiting-approval')
    return (
      <Notice kind={approvers.length > 0 ? 'info' : 'warning'} icon="clock" heading={text.waits}>
        {approvers.length > 0 ? text.can(approversIn(approvers, language)) : text.nobody}
      </Notice>
    )
  if (state === 'sent')
    return (
      <Notice kind="info" heading={text.sent}>
        {text.sentText}
      </Notice>
    )
  if (state === 'accepted' && order)
    return (
      <Notice
        kind="ok"
        heading={text.accepted}
        action={<a href={paths.order({ id: order.id })}>{text.order(order.code)}</a>}
      />
    )
  if (state === 'returned' || state === 'rejected')
    return (
      <Notice kind="warning" heading={state === 'returned' ? text.returned : text.rejected}>
        <p class="told">{reason}</p>
      </Notice>
    )
  return null
}

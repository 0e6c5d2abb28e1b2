import type { JSX } from 'preact'
import type { OrderKind } from '#features/order-forms/form.ts'
import type { RequestState } from '#features/order-requests/request.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language, Phrase } from '#platform/words.ts'

export const requestStateWords: Record<RequestState, Phrase> = {
  'awaiting-approval': { ja: '承認待ち', en: 'Awaiting approval' },
  sent: { ja: '申込済み', en: 'Sent' },
  accepted: { ja: '受付', en: 'Accepted' },
  returned: { ja: '差し戻し', en: 'Returned' },
  rejected: { ja: '却下', en: 'Rejected' },
  withdrawn: { ja: '取り下げ', en: 'Withdrawn' },
}

export const orderKindWords: Record<OrderKind, Phrase> = {
  new: { ja: '新規', en: 'New contract' },
  change: { ja: '変更', en: 'Change' },
  end: { ja: '解約', en: 'End of contract' },
}

/** What somebody of the customer's has to see to is marked. */
export function RequestStateMark({ state, language }: { state: RequestState; language: Language }): JSX.Element {
  const text = requestStateWords[state][language]
  if (state === 'accepted') return <PlainState>{text}</PlainState>
  if (state === 'rejected' || state === 'withdrawn') return <PlainState icon="minus">{text}</PlainState>
  if (state === 'sent') return <Badge kind="current">{text}</Badge>
  return (
    <Badge kind="warning" icon="clock">
      {text}
    </Badge>
  )
}

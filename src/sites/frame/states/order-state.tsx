import type { JSX } from 'preact'
import type { OrderState } from '#features/orders/order.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language, Phrase } from '#platform/words.ts'

export const orderStateWords: Record<OrderState, Phrase> = {
  received: { ja: '受付', en: 'Received' },
  surveying: { ja: '調査', en: 'Survey' },
  constructing: { ja: '工事', en: 'Construction' },
  ready: { ja: '開通待ち', en: 'Ready to open' },
  completed: { ja: '完了', en: 'Completed' },
  cancelled: { ja: '取り消し', en: 'Cancelled' },
}

/** Nothing of it is trouble: what is under way has a frame. */
export function OrderStateMark({ state, language }: { state: OrderState; language: Language }): JSX.Element {
  const text = orderStateWords[state][language]
  if (state === 'completed') return <PlainState>{text}</PlainState>
  if (state === 'cancelled') return <PlainState icon="minus">{text}</PlainState>
  return <Badge kind="current">{text}</Badge>
}

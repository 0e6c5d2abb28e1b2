import type { JSX } from 'preact'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import type { Language, Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'

export const newOrdersTitle: Phrase = { ja: '新しいサービスのお申し込み', en: 'Order a new service' }

export interface OrderTrailProps {
  service: { code: string; name: Phrase }
  /** There is a page of the service; otherwise the way leads through what can be ordered anew. */
  hasPage: boolean
  language: Language
  /** Between the service and this page. */
  on?: { label: string; href: string }
  current: string
}

/** Above the pages of an order form. */
export function OrderTrail({ service, hasPage, language, on, current }: OrderTrailProps): JSX.Element {
  const first = hasPage
    ? { label: service.name[language], href: paths.service({ code: service.code }) }
    : { label: newOrdersTitle[language], href: paths.newOrders }
  const trail = [first, ...(on ? [on] : [])]
  return <Breadcrumb language={language} trail={trail} current={current} />
}

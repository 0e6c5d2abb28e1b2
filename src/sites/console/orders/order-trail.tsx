import type { JSX } from 'preact'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import type { SeenOrder } from './see-order.ts'

const words = { list: { ja: 'お申し込み', en: 'Orders' } }

export interface OrderTrailProps extends Pick<SeenOrder, 'order'> {
  language: Language
  /** Of what is done about it; absent: the order's own page. */
  current?: string
}

export function OrderTrail({ order: { id, code }, language, current }: OrderTrailProps): JSX.Element {
  const list = { label: inLanguage(words, language).list, href: paths.orders }
  const own = { label: code, href: paths.order({ id }) }
  return (
    <Breadcrumb language={language} trail={current === undefined ? [list] : [list, own]} current={current ?? code} />
  )
}

import type { JSX } from 'preact'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import type { Language, Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'

export interface OrderTrailProps {
  service: { code: string; name: Phrase }
  language: Language
  /** Between the service and this page. */
  on?: { label: string; href: string }
  current: string
}

/** Above the pages of an order form. */
export function OrderTrail({ service, language, on, current }: OrderTrailProps): JSX.Element {
  const trail = [{ label: service.name[language], href: paths.service({ code: service.code }) }, ...(on ? [on] : [])]
  return <Breadcrumb language={language} trail={trail} current={current} />
}

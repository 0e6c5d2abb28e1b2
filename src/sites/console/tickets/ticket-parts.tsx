import type { JSX } from 'preact'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import type { SeenTicket } from './see-ticket.ts'

const words = { list: { ja: 'お問い合わせ・故障', en: 'Inquiries and faults' } }

interface TrailProps extends Pick<SeenTicket, 'ticket'> {
  language: Language
  /** Of what is done about it; absent: the ticket's own page. */
  current?: string
}

export function TicketTrail({ ticket: { id, title }, language, current }: TrailProps): JSX.Element {
  const list = { label: inLanguage(words, language).list, href: paths.tickets }
  const own = { label: title[language], href: paths.ticket({ id }) }
  return (
    <Breadcrumb
      language={language}
      trail={current === undefined ? [list] : [list, own]}
      current={current ?? title[language]}
    />
  )
}

import type { JSX } from 'preact'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { RequestFacts } from '#sites/frame/request-facts.tsx'
import { paths } from '../paths.ts'
import type { SeenRequest } from './see-request.ts'

const words = {
  list: { ja: '申請', en: 'Requests' },
  customer: { ja: 'お客様', en: 'Customer' },
  reason: { ja: '理由', en: 'Reason' },
}

interface TrailProps extends Pick<SeenRequest, 'request'> {
  language: Language
  /** Of what is done about it; absent: the request's own page. */
  current?: string
}

export function RequestTrail({ request: { id, code }, language, current }: TrailProps): JSX.Element {
  const list = { label: inLanguage(words, language).list, href: paths.requests }
  const own = { label: code, href: paths.request({ id }) }
  return (
    <Breadcrumb language={language} trail={current === undefined ? [list] : [list, own]} current={current ?? code} />
  )
}

/** With whose it is, and why it was returned or rejected. */
export function CustomersRequestFacts({ request, customer, reader }: SeenRequest & { reader: Reader }): JSX.Element {
  const text = inLanguage(words, reader.language)
  const { subject, reason } = request
  return (
    <RequestFacts
      request={request}
      reader={reader}
      contract={<span class="number">{subject.contract?.number}</span>}
      orderAt={(id) => paths.order({ id })}
      before={[{ term: text.customer, value: <a href={paths.customer({ id: customer.id })}>{customer.name}</a> }]}
      behind={reason === null ? [] : [{ term: text.reason, value: <span class="told">{reason}</span> }]}
    />
  )
}

import type { JSX } from 'preact'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import { orderKindWords } from '#sites/frame/states/request-state.tsx'
import { paths } from '../paths.ts'
import type { SeenRequest } from './see-request.ts'

const words = {
  list: { ja: '申請', en: 'Requests' },
  code: { ja: '申請番号', en: 'Request number' },
  customer: { ja: 'お客様', en: 'Customer' },
  kind: { ja: '種類', en: 'Kind' },
  service: contractLabels.serviceName,
  contract: contractLabels.contractNumber,
  site: contractLabels.site,
  wished: { ja: 'ご希望日', en: 'Wished day' },
  soon: { ja: '指定なし', en: 'None' },
  asked: { ja: '申請', en: 'Asked' },
  decided: { ja: 'お客様の承認・却下・取り下げ', en: 'Decided by the customer' },
  answered: { ja: '当社の回答', en: 'Answered by us' },
  reason: { ja: '理由', en: 'Reason' },
  order: { ja: 'お申し込み', en: 'Order' },
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

export function RequestFacts({ request, customer, reader }: SeenRequest & { reader: Reader }): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const { subject, wishedOn, decided, answered, reason, order } = request
  const when = (at: Date, by: string) => (
    <>
      <Time at={at} zone={zone} language={language} now={now} /> {by}
    </>
  )
  return (
    <Facts
      facts={[
        { term: text.customer, value: <a href={paths.customer({ id: customer.id })}>{customer.name}</a> },
        { term: text.code, value: <span class="number">{request.code}</span> },
        { term: text.kind, value: orderKindWords[request.kind][language] },
        { term: text.service, value: subject.service.name[language] },
        ...(subject.contract
          ? [{ term: text.contract, value: <span class="number">{subject.contract.number}</span> }]
          : []),
        ...(subject.contract?.site ? [{ term: text.site, value: subject.contract.site }] : []),
        { term: text.wished, value: wishedOn ? <Day on={wishedOn} language={language} now={now} /> : text.soon },
        { term: text.asked, value: when(request.askedAt, request.askedBy) },
        ...(decided ? [{ term: text.decided, value: when(decided.at, decided.by) }] : []),
        ...(answered ? [{ term: text.answered, value: when(answered.at, answered.by) }] : []),
        ...(reason === null ? [] : [{ term: text.reason, value: <span class="told">{reason}</span> }]),
        ...(order ? [{ term: text.order, value: <a href={paths.order({ id: order.id })}>{order.code}</a> }] : []),
      ]}
    />
  )
}

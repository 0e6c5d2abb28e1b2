import type { ComponentChildren, JSX } from 'preact'
import type { RequestDetails } from '#features/order-requests/find.ts'
import type { OrderRequest } from '#features/order-requests/request.ts'
import { type Fact, Facts } from '#platform/ui/layout/facts.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { contractLabels } from './guide-labels.ts'
import { orderKindWords } from './states/request-state.tsx'

const words = {
  code: { ja: '申請番号', en: 'Request number' },
  kind: { ja: '種類', en: 'Kind' },
  service: contractLabels.serviceName,
  contract: contractLabels.contractNumber,
  site: contractLabels.site,
  wished: { ja: 'ご希望日', en: 'Wished day' },
  soon: { ja: '指定なし', en: 'None' },
  asked: { ja: '申請', en: 'Asked' },
  decided: { ja: '承認・却下・取り下げ', en: 'Decided' },
  answered: { ja: '通信事業者の回答', en: 'Answer of the operator' },
  order: { ja: 'お申し込み番号', en: 'Order number' },
}

export interface RequestFactsProps {
  request: OrderRequest & RequestDetails
  reader: Reader
  /** How the site tells the contract. */
  contract: ComponentChildren
  /** The address of an order on the site. */
  orderAt: (id: string) => string
  /** What only this site tells, before and after the rest. */
  before?: readonly Fact[]
  behind?: readonly Fact[]
}

/** Who has asked for what and when, and who has answered: as both sides read it. */
export function RequestFacts(props: RequestFactsProps): JSX.Element {
  const { request, reader, contract, orderAt, before = [], behind = [] } = props
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const { subject, wishedOn, decided, answered, order } = request
  const when = (term: string, done: { at: Date; by: string } | null): Fact[] => {
    if (!done) return []
    const value = (
      <>
        <Time at={done.at} zone={zone} language={language} now={now} /> {done.by}
      </>
    )
    return [{ term, value }]
  }
  return (
    <Facts
      facts={[
        ...before,
        { term: text.code, value: <span class="number">{request.code}</span> },
        { term: text.kind, value: orderKindWords[request.kind][language] },
        { term: text.service, value: subject.service.name[language] },
        ...(subject.contract ? [{ term: text.contract, value: contract }] : []),
        ...(subject.contract?.site ? [{ term: text.site, value: subject.contract.site }] : []),
        { term: text.wished, value: wishedOn ? <Day on={wishedOn} language={language} now={now} /> : text.soon },
        ...when(text.asked, { at: request.askedAt, by: request.askedBy }),
        ...when(text.decided, decided),
        ...when(text.answered, answered),
        ...(order ? [{ term: text.order, value: <a href={orderAt(order.id)}>{order.code}</a> }] : []),
        ...behind,
      ]}
    />
  )
}

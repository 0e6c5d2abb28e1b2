import type { JSX } from 'preact'
import type { FoundRequest, RequestLink } from '#features/order-requests/find.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import { orderKindWords } from '#sites/frame/states/request-state.tsx'
import { paths } from '../paths.ts'
import { SubjectContract } from '../subjects/subject.tsx'

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
  follows: { ja: '元の申請', en: 'Former request' },
  followedBy: { ja: '修正後の申請', en: 'Corrected request' },
}

/** Who has asked for what and when, and who has answered. */
export function RequestFacts({ request, reader }: { request: FoundRequest; reader: Reader }): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const { subject, wishedOn, decided, answered, order, follows, followedBy } = request
  const when = (at: Date, by: string) => (
    <>
      <Time at={at} zone={zone} language={language} now={now} /> {by}
    </>
  )
  const link = (term: string, to: RequestLink | null) =>
    to ? [{ term, value: <a href={paths.request({ id: to.id })}>{to.code}</a> }] : []
  return (
    <Facts
      facts={[
        { term: text.code, value: <span class="number">{request.code}</span> },
        { term: text.kind, value: orderKindWords[request.kind][language] },
        { term: text.service, value: subject.service.name[language] },
        ...(subject.contract ? [{ term: text.contract, value: <SubjectContract subject={subject} /> }] : []),
        ...(subject.contract?.site ? [{ term: text.site, value: subject.contract.site }] : []),
        { term: text.wished, value: wishedOn ? <Day on={wishedOn} language={language} now={now} /> : text.soon },
        { term: text.asked, value: when(request.askedAt, request.askedBy) },
        ...(decided ? [{ term: text.decided, value: when(decided.at, decided.by) }] : []),
        ...(answered ? [{ term: text.answered, value: when(answered.at, answered.by) }] : []),
        ...(order ? [{ term: text.order, value: <a href={paths.order({ id: order.id })}>{order.code}</a> }] : []),
        ...link(text.follows, follows),
        ...link(text.followedBy, followedBy),
      ]}
    />
  )
}

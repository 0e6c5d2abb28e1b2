import type { JSX } from 'preact'
import type { OrderKind } from '#features/order-forms/form.ts'
import type { OfferedForm } from '#features/order-forms/offered.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { orderKindWords } from '#sites/frame/states/request-state.tsx'
import { listTitles } from '../list-titles.ts'
import { paths } from '../paths.ts'

const words = {
  heading: { ja: '申し込む', en: 'Order' },
  requests: listTitles['order-requests'],
}

export interface OrderLinksProps {
  /** Code of the service. */
  service: string
  forms: readonly OfferedForm[]
  /** Id of the contract that they are offered for: then only what changes or ends it. */
  contract?: string
  language: Language
}

/** 「申し込む」: the order forms of a service, or of one of its contracts; nothing where there is none. */
export function OrderLinks({ service, forms, contract, language }: OrderLinksProps): JSX.Element | null {
  const text = inLanguage(words, language)
  const isOffered = (kind: OrderKind): boolean => contract === undefined || kind !== 'new'
  const offered = forms.filter(({ kind }) => isOffered(kind))
  if (offered.length === 0) return null
  return (
    <Section heading={text.heading} action={<a href={paths.requests}>{text.requests}</a>}>
      <LinkList
        items={offered.map(({ code, kind, name }) => ({
          href: hrefOf(paths.orderForm({ service, form: code }), contract === undefined ? {} : { contract }),
          label: name[language],
          note: orderKindWords[kind][language],
        }))}
      />
    </Section>
  )
}

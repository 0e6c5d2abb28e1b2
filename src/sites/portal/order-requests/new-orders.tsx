import { listOrderable } from '#features/order-requests/asking.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { newOrdersTitle } from './order-trail.tsx'

const words = {
  list: serviceLabels.orders,
  title: newOrdersTitle,
  lead: {
    ja: 'ご契約のないサービスも、ここから申し込めます。ご契約の変更と解約は、それぞれのご契約の画面から申し込んでください。',
    en: 'You can order services here of which there is no contract yet. Changes are ordered on the page of the contract.',
  },
  none: { ja: '申し込めるサービスはありません', en: 'There is nothing you can order' },
  noneText: {
    ja: '新しいご契約の申し込みには、サービスを編集する権限が必要です。権限は、御社のポータル管理者に依頼してください。',
    en: 'To order a new contract you need the right to edit the service. Ask your portal administrator for it.',
  },
}

/** 新しいサービスのお申し込み: what can be ordered anew. */
export const newOrdersPage = portal.page({
  path: paths.newOrders,
  allow: 'user',
  words,
  section: 'orders',
  load: (ctx) => listOrderable(ctx),
  title: ({ words: text }) => text.title,
  view: ({ data: services, words: text, reader: { language } }) => (
    <>
      <Breadcrumb language={language} trail={[{ label: text.list, href: paths.orders }]} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} tall />
      {services.length === 0 && (
        <EmptyState icon="clipboard" heading={text.none}>
          {text.noneText}
        </EmptyState>
      )}
      {services.map(({ code, name, forms }) => (
        <Section heading={name[language]} key={code} small>
          <LinkList
            items={forms.map((form) => ({
              href: paths.orderForm({ service: code, form: form.code }),
              label: form.name[language],
            }))}
          />
        </Section>
      ))}
    </>
  ),
})

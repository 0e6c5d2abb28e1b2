import { contractLabels, serviceLabels, siteLabels } from '#sites/frame/guide-labels.ts'
import { type Contact, findContact, type ServiceWindow } from '#features/contact-windows/find.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { OutsideLink } from '#platform/ui/text/outside-link.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { ticketStateWords } from '#sites/frame/states/ticket-state.tsx'
import { PhoneLink, WindowFacts, windowWords } from '../subjects/window-facts.tsx'

const words = {
  ...windowWords,
  title: siteLabels.contact,
  lead: {
    ja: '故障のご連絡、お申し込みやご利用方法のご相談は、サービスの窓口へお問い合わせください。',
    en: 'To report a fault, or to ask about an order or how to use a service, contact its desk.',
  },
  windows: { ja: 'サービスの窓口', en: 'Desks by service' },
  service: contractLabels.serviceName,
  general: { ja: '総合窓口', en: 'General desk' },
  generalText: {
    ja: 'サービスの窓口がわからないときは、こちらへお問い合わせください。',
    en: 'For everything else, and when you do not know whom to ask.',
  },
  none: { ja: '窓口が登録されていません', en: 'No desk is known yet' },
  noneText: {
    ja: 'サービスをお申し込みになった窓口へお問い合わせください。',
    en: 'Please ask where the service was ordered.',
  },
  tickets: { ja: '最近のお問い合わせ', en: 'Your latest inquiries' },
  noTickets: { ja: '参照できるお問い合わせはありません。', en: 'There are no inquiries that you may see.' },
  list: serviceLabels.ticketList,
  open: { ja: 'ポータルから問い合わせる', en: 'Ask here in the portal' },
}

/** お問い合わせ */
export const contactPage = portal.page({
  path: paths.contact,
  allow: 'user',
  words,
  section: 'contact',
  async load(ctx) {
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    return findContact(
      ctx,
      services.map(({ id }) => id),
    )
  },
  title: ({ words: text }) => text.title,
  view: (view) => (
    <>
      <PageHeading
        heading={view.words.title}
        lead={view.words.lead}
        actions={<ButtonLink href={paths.addTicket}>{view.words.open}</ButtonLink>}
      />
      <ServiceWindows {...view} />
      <Columns count={2}>
        <GeneralWindow {...view} />
        <LatestTickets {...view} />
      </Columns>
    </>
  ),
})

type Shown = View<Contact, typeof words>

function ServiceWindows({ data, words: text, reader: { language } }: Shown) {
  const { general, services } = data
  if (services.length === 0 && general) return null
  if (services.length === 0) {
    return (
      <EmptyState icon="phone" heading={text.none}>
        {text.noneText}
      </EmptyState>
    )
  }
  const columns: Column<ServiceWindow>[] = [
    {
      label: text.service,
      header: true,
      cell: ({ service, name }) => (
        <>
          {service.name[language]}
          <div class="small-text">{name[language]}</div>
        </>
      ),
    },
    { label: text.phone, phone: 'beside', cell: ({ phone }) => phone && <PhoneLink phone={phone} /> },
    { label: text.hours, long: true, cell: ({ hours }) => hours?.[language] },
    {
      label: text.web,
      cell: ({ url, service }) =>
        url && (
          <span class="whole">
            <OutsideLink language={language} href={url}>
              {text.form}
              <span class="visually-hidden">{text.formOf(service.name[language])}</span>
            </OutsideLink>
          </span>
        ),
    },
  ]
  return (
    <Section heading={text.windows}>
      <Table caption={text.windows} rows={services} rowKey={({ service }) => service.id} columns={columns} />
    </Section>
  )
}

function GeneralWindow({ data: { general }, words: text, reader: { language } }: Shown) {
  return (
    general && (
      <Section heading={text.general}>
        <WindowFacts window={general} language={language} />
        <p class="small-text">{text.generalText}</p>
      </Section>
    )
  )
}

function LatestTickets({ data: { tickets }, words: text, reader: { language, now, timeZone: zone } }: Shown) {
  return (
    <Section heading={text.tickets} action={<a href={paths.tickets}>{text.list}</a>}>
      {tickets.length === 0 ? (
        <p>{text.noTickets}</p>
      ) : (
        <LinkList
          items={tickets.map(({ id, title, state, openedAt }) => ({
            href: paths.ticket({ id }),
            label: title[language],
            note: (
              <>
                {ticketStateWords[state][language]} <Time at={openedAt} zone={zone} language={language} now={now} />
              </>
            ),
          }))}
        />
      )}
    </Section>
  )
}

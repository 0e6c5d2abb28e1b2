import { menuLabels, serviceLabels } from '#sites/frame/guide-labels.ts'
import type { ServiceFacts } from '#features/service-menu/find-service.ts'
import { findService } from '#features/service-menu/find-service.ts'
import { findServiceMenu, type MenuService } from '#features/service-menu/find.ts'
import { isWished } from '#features/mail-wishes/wishes.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Card } from '#platform/ui/layout/card.tsx'
import { hrefOf, numberIn } from '#platform/ui/list/list-query.tsx'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { MailWishButton } from '../mail-wishes/wish-button.tsx'
import { OrderLinks } from '../order-requests/order-links.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { TicketStateMark } from '#sites/frame/states/ticket-state.tsx'
import { ContractCountsLine, countOf } from './contract-counts.tsx'

const words = {
  menu: menuLabels.chooseService,
  contracts: {
    ja: (count: string) => `参照できるご契約 ${count}件`,
    en: (count: string) => `Contracts you can view: ${count}`,
  },
  underWay: { ja: (count: string) => `お申し込み中 ${count}`, en: (count: string) => `Orders under way ${count}` },
  common: serviceLabels.common,
  contractList: serviceLabels.contractList,
  contractsText: serviceLabels.contractsText,
  orders: serviceLabels.orders,
  ordersText: serviceLabels.ordersText,
  ticketList: serviceLabels.ticketList,
  tickets: serviceLabels.tickets,
  open: { ja: (count: string) => `未完了 ${count}件`, en: (count: string) => `${count} not closed` },
  worksAndFaults: serviceLabels.worksAndFaults,
  ahead: {
    ja: (works: string, faults: string) => `工事 ${works}件、故障 ${faults}件`,
    en: (works: string, faults: string) => `Works: ${works}, faults: ${faults}`,
  },
  options: serviceLabels.options,
  settingsSite: serviceLabels.settingsSite,
  settingsSiteText: serviceLabels.settingsSiteText,
  noOptions: { ja: 'このサービスには、オプション設定はありません。', en: 'This service has no options to set.' },
  outside: { ja: '（ポータルの外のサイトが開きます）', en: ' (opens a site outside the portal)' },
}

interface Data {
  service: MenuService
  facts: ServiceFacts
  isPinned: boolean
  isWished: boolean
}

/** What there is to see and to set of one service. */
export const servicePage = portal.page({
  path: paths.service,
  allow: 'user',
  words,
  section: 'services',
  async load(ctx, { params }): Promise<Data | typeof notFound> {
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    const service = services.find(({ code }) => code === params.code)
    if (!service) return notFound
    const about = { kind: 'service', id: service.id } as const
    const [facts, pinned, wished] = await Promise.all([
      findService(ctx, service.id),
      isPinned(ctx, about),
      isWished(ctx, about),
    ])
    return { service, facts, isPinned: pinned, isWished: wished }
  },
  within: ({ service }) => service.code,
  about: ({ service: { id } }) => ({ kind: 'service', id }),
  title: ({ data: { service }, reader: { language } }) => service.name[language],
  view(view) {
    const { data, words: text, reader } = view
    const { service, facts } = data
    const { language } = reader
    const name = service.name[language]
    const more = {
      href: hrefOf(paths.orders, { service: service.code }),
      label: text.underWay(numberIn(language, facts.orders)),
    }
    return (
      <>
        <Breadcrumb language={language} trail={[{ label: text.menu, href: paths.serviceMenu }]} current={name} />
        <PageHeading
          heading={name}
          lead={text.contracts(numberIn(language, countOf(service.contracts)))}
          actions={
            <>
              <MailWishButton view={view} about={{ kind: 'service', id: service.id }} isWished={data.isWished} />
              <PinButton view={view} thing={{ kind: 'service', id: service.id }} isPinned={data.isPinned} />
            </>
          }
        />
        <ContractCountsLine
          counts={service.contracts}
          service={service.code}
          reader={reader}
          more={facts.orders > 0 ? [more] : []}
        />
        <Columns count={2}>
          <Common {...view} />
          <Options {...view} />
        </Columns>
        <OrderLinks service={service.code} forms={facts.orderForms} language={language} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

/** 「共通」: the same for every service. */
function Common({ data: { service, facts }, words: text, reader: { language } }: Shown) {
  const of = (path: string): string => hrefOf(path, { service: service.code })
  const count = (n: number): string => numberIn(language, n)
  return (
    <Section heading={text.common} ruled>
      <Card icon="document" heading={text.contractList} href={of(paths.contracts)}>
        {text.contractsText}
      </Card>
      <Card icon="clipboard" heading={text.orders} href={of(paths.orders)}>
        {text.ordersText}
      </Card>
      <Card icon="help" heading={text.ticketList} href={of(paths.tickets)}>
        {text.tickets}
        <br />
        {text.open(count(facts.tickets))}
      </Card>
      {facts.openTickets.length > 0 && (
        <div class="card-more">
          <LinkList
            items={facts.openTickets.map(({ id, title, state }) => ({
              href: paths.ticket({ id }),
              label: title[language],
              note: <TicketStateMark state={state} language={language} />,
            }))}
          />
        </div>
      )}
      <Card icon="wrench" heading={text.worksAndFaults} href={of(paths.incidents)}>
        {text.ahead(count(facts.works), count(facts.faults))}
      </Card>
    </Section>
  )
}

/** 「オプション設定」: what the operator has for this one, on sites of its own. */
function Options({ data: { facts, service }, words: text, reader: { language } }: Shown) {
  return (
    <Section heading={text.options} ruled>
      {service.hasSettings && (
        <Card icon="phone" heading={text.settingsSite} href={paths.settingsList({ code: service.code })}>
          {text.settingsSiteText}
        </Card>
      )}
      {facts.options.length === 0 && !service.hasSettings && <p>{text.noOptions}</p>}
      {facts.options.map(({ name, text: description, url }) => (
        <Card icon="outside" heading={name[language]} href={url} outside={text.outside} key={url}>
          {description[language]}
        </Card>
      ))}
    </Section>
  )
}

import type { JSX } from 'preact'
import type { StaffOrder } from '#features/orders/find-for-staff.ts'
import { orderSteps } from '#features/orders/order.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import { OrderStateMark, orderStateWords } from '#sites/frame/states/order-state.tsx'
import { type FileLinks, Files } from '#sites/frame/talk/files.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { OrderTrail } from './order-trail.tsx'
import { seeOrder, type SeenOrder } from './see-order.ts'

const words = {
  edit: { ja: '進捗を変更する', en: 'Say how far it is' },
  facts: { ja: 'お申し込み', en: 'The order' },
  steps: { ja: '進捗の段階', en: 'Steps' },
  step: { ja: '段階', en: 'Step' },
  day: { ja: '予定日・実施日', en: 'Day' },
  note: { ja: 'お客様への案内', en: 'What the customer reads' },
  opening: { ja: '開通案内', en: 'Opening' },
  noOpening: { ja: '開通案内はまだありません。', en: 'There is no opening notice yet.' },
  customer: { ja: 'お客様', en: 'Customer' },
  code: { ja: 'お申し込み番号', en: 'Order number' },
  service: contractLabels.serviceName,
  contract: contractLabels.contractNumber,
  newContract: { ja: '新しいご契約', en: 'A new contract' },
  site: contractLabels.site,
  ordered: { ja: 'お申し込み日', en: 'Ordered' },
  delivery: { ja: '提供予定日', en: 'Delivery date' },
  undecided: { ja: '未定', en: 'Not yet set' },
  updated: { ja: '最終更新', en: 'Last updated' },
}

interface Data extends SeenOrder {
  mayEdit: boolean
}

/** One order of a customer, with all that the customer reads of it. */
export const orderPage = staffConsole.page({
  path: paths.order,
  allow: 'read',
  words,
  changesByLooking: true,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const seen = await seeOrder(ctx, id, paths.order({ id }))
    return seen === notFound ? notFound : { ...seen, mayEdit: ctx.staff.roles.includes('provisioning') }
  },
  title: ({ data, reader }) => data.order.title[reader.language],
  view(view) {
    const { data, words: text, reader } = view
    const { order, mayEdit } = data
    const { language } = reader
    return (
      <>
        <OrderTrail order={order} language={language} />
        <PageHeading
          heading={order.title[language]}
          lead={<OrderStateMark state={order.state} language={language} />}
          actions={
            mayEdit && (
              <ButtonLink kind="secondary" small href={paths.editOrder({ id: order.id })}>
                {text.edit}
              </ButtonLink>
            )
          }
        />
        <Columns count={2}>
          <Section heading={text.facts}>
            <OrderFacts {...view} />
          </Section>
          <Section heading={text.opening}>
            {order.opening ? <BothLanguages text={order.opening} /> : <p class="small-text">{text.noOpening}</p>}
            {order.files.length > 0 && <Files files={order.files} links={filesOf(order.id)} language={language} />}
          </Section>
        </Columns>
        <Section heading={text.steps}>
          <Steps {...view} />
        </Section>
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function filesOf(id: string): FileLinks {
  return { file: (file) => paths.orderFile({ id, file }), picture: (file) => paths.orderPicture({ id, file }) }
}

/** As customers read it, whatever their language. */
function BothLanguages({ text }: { text: NonNullable<StaffOrder['opening']> }): JSX.Element {
  return (
    <>
      <p class="told" lang="ja">
        {text.ja}
      </p>
      {text.en !== undefined && (
        <p class="told" lang="en">
          {text.en}
        </p>
      )}
    </>
  )
}

function Steps({ data: { order }, words: text, reader: { language, now } }: Shown) {
  const stepOf = (state: (typeof orderSteps)[number]) => order.steps.find((step) => step.state === state)
  return (
    <Table
      caption={text.steps}
      rows={orderSteps}
      rowKey={(state) => state}
      columns={[
        { label: text.step, header: true, cell: (state) => orderStateWords[state][language] },
        {
          label: text.day,
          cell(state) {
            const day = stepOf(state)?.day
            return day ? <Day on={day} language={language} now={now} /> : '－'
          },
        },
        {
          label: text.note,
          long: true,
          cell(state) {
            const note = stepOf(state)?.note
            return note ? <BothLanguages text={note} /> : '－'
          },
        },
      ]}
    />
  )
}

function OrderFacts({ data: { order, customer }, words: text, reader: { language, now, timeZone } }: Shown) {
  const { subject, deliveryOn } = order
  return (
    <Facts
      facts={[
        { term: text.customer, value: <a href={paths.customer({ id: customer.id })}>{customer.name}</a> },
        { term: text.code, value: <span class="number">{order.code}</span> },
        { term: text.service, value: subject.service.name[language] },
        {
          term: text.contract,
          value: subject.contract ? <span class="number">{subject.contract.number}</span> : text.newContract,
        },
        ...(subject.contract?.site ? [{ term: text.site, value: subject.contract.site }] : []),
        { term: text.ordered, value: <Day on={order.orderedOn} language={language} now={now} /> },
        {
          term: text.delivery,
          value: deliveryOn === null ? text.undecided : <Day on={deliveryOn} language={language} now={now} />,
        },
        { term: text.updated, value: <Time at={order.updatedAt} zone={timeZone} language={language} now={now} /> },
      ]}
    />
  )
}

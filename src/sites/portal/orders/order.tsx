import { contractLabels, serviceLabels } from '#sites/frame/guide-labels.ts'
import { findOrder, type OrderDetails } from '#features/orders/find.ts'
import { type Order, orderSteps, type OrderStepState } from '#features/orders/order.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Progress, type Step } from '#platform/ui/text/progress.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { type FileLinks, Files } from '#sites/frame/talk/files.tsx'
import { ToldIn } from '#sites/frame/told/told-in.tsx'
import { SubjectContract } from '../subjects/subject.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { OrderStateMark, orderStateWords } from '#sites/frame/states/order-state.tsx'

const words = {
  list: serviceLabels.orders,
  mail: { ja: '進捗をメールで受け取る', en: 'Be told of the progress by mail' },
  progress: { ja: '進捗状況', en: 'Progress' },
  received: { ja: 'お申し込みを受け付けました。', en: 'We have received the order.' },
  surveying: { ja: '設備や回線の状況を調べます。', en: 'We look at the equipment and lines.' },
  constructing: { ja: '設備や回線の工事をします。', en: 'We work on the equipment and lines.' },
  ready: { ja: '準備が整い、提供開始の日を待ちます。', en: 'All is ready and waits for its day.' },
  completed: { ja: '提供を開始します。', en: 'The service begins.' },
  updated: { ja: '更新', en: 'Updated' },
  planned: { ja: '予定', en: 'Planned' },
  facts: { ja: 'お申し込みの内容', en: 'The order' },
  code: { ja: 'お申し込み番号', en: 'Order number' },
  state: { ja: '現在の状況', en: 'State' },
  service: contractLabels.serviceName,
  contract: contractLabels.contractNumber,
  newContract: { ja: '新しいご契約', en: 'A new contract' },
  site: contractLabels.site,
  ordered: { ja: 'お申し込み日', en: 'Ordered' },
  delivery: { ja: '提供予定日', en: 'Delivery date' },
  undecided: { ja: '未定', en: 'Not yet set' },
  lastUpdated: { ja: '最終更新', en: 'Last updated' },
  opening: { ja: '開通案内', en: 'Opening' },
  openingLater: {
    ja: '提供を開始すると、次のことができるようになります。',
    en: 'Once the service has begun, you can do the following.',
  },
  openingNow: {
    ja: '提供を開始しました。次のことをご確認ください。',
    en: 'The service has begun. Please note the following.',
  },
  checkOne: { ja: 'ご契約の内容と運用状況を確認する', en: 'Check the contract and its status' },
  checkAll: { ja: '新しいご契約を一覧で確認する', en: 'Find the new contract in the list' },
  ask: { ja: '設定や使い方を窓口に問い合わせる', en: 'Ask about settings and use' },
  cancelled: { ja: 'このお申し込みは取り消されました', en: 'This order was cancelled' },
  cancelledText: {
    ja: '提供は開始されません。心当たりがないときは、窓口へお問い合わせください。',
    en: 'The service will not begin. If you do not know why, please contact us.',
  },
  contact: { ja: 'お問い合わせ窓口を確認する', en: 'See whom to contact' },
}

/** One order: how far it is, and what follows. */
export const orderPage = portal.page({
  path: paths.order,
  allow: 'user',
  words,
  section: 'orders',
  async load(ctx, { params: { id } }) {
    const order = await findOrder(ctx, id)
    if (!order) return notFound
    return { ...order, isPinned: await isPinned(ctx, { kind: 'order', id }) }
  },
  within: ({ subject }) => subject.service.code,
  about: ({ id }) => ({ kind: 'order', id }),
  title: ({ data, reader }) => data.title[reader.language],
  view(view) {
    const { data: order, words: text, reader } = view
    const { language } = reader
    const title = order.title[language]
    return (
      <>
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.orders }]} current={title} />
        <PageHeading
          heading={title}
          lead={<OrderStateMark state={order.state} language={language} />}
          actions={
            <>
              {order.state !== 'completed' && order.state !== 'cancelled' && (
                <a class="link-with-icon" href={paths.mailWishes}>
                  <Icon name="mail" />
                  {text.mail}
                </a>
              )}
              <PinButton view={view} thing={{ kind: 'order', id: order.id }} isPinned={order.isPinned} />
            </>
          }
        />
        {order.state === 'cancelled' && (
          <Notice kind="info" heading={text.cancelled} action={<a href={paths.contact}>{text.contact}</a>}>
            {text.cancelledText}
          </Notice>
        )}
        <Columns count={2}>
          {order.state !== 'cancelled' && (
            <Section heading={text.progress}>
              <Progress language={language} steps={stepsOf(view)} />
            </Section>
          )}
          <Section heading={text.facts}>
            <OrderFacts {...view} />
          </Section>
        </Columns>
        {order.state !== 'cancelled' && <Opening {...view} />}
      </>
    )
  },
})

type Shown = View<Order & OrderDetails, typeof words>

function stepsOf({ data: order, words: text, reader }: Shown): Step[] {
  const reached = orderSteps.findIndex((step) => step === order.state)
  return orderSteps.map((step, place) => {
    const isDone = place < reached || order.state === 'completed'
    const state = isDone ? 'done' : place === reached ? 'current' : 'to-come'
    const said = order.steps.find((each) => each.state === step)?.note
    return {
      label: orderStateWords[step][reader.language],
      state,
      note: (
        <>
          {text[step]} {whenOf(step, { order, isAhead: state === 'to-come', text, reader })}
        </>
      ),
      ...(said && { more: <ToldIn text={said} language={reader.language} /> }),
    }
  })
}

interface Noted {
  order: Order & OrderDetails
  /** The step is still to come. */
  isAhead: boolean
  text: Shown['words']
  reader: Shown['reader']
}

/** The day or moment known of a step: what the operator has said of it, or what follows from the order. */
function whenOf(step: OrderStepState, { order, isAhead, text, reader: { language, now, timeZone } }: Noted) {
  const day = order.steps.find(({ state }) => state === step)?.day ?? (step === 'received' ? order.orderedOn : null)
  if (day !== null)
    return (
      <>
        {isAhead && `${text.planned} `}
        <Day on={day} language={language} now={now} />
      </>
    )
  if (step === order.state)
    return (
      <>
        {text.updated} <Time at={order.updatedAt} zone={timeZone} language={language} now={now} />
      </>
    )
  if (step === 'completed' && order.deliveryOn !== null)
    return (
      <>
        {text.delivery} <Day on={order.deliveryOn} language={language} now={now} />
      </>
    )
  return null
}

function OrderFacts({ data: order, words: text, reader: { language, now, timeZone } }: Shown) {
  const { state, deliveryOn, subject } = order
  const { service, contract } = subject
  const delivery = deliveryOn === null ? text.undecided : <Day on={deliveryOn} language={language} now={now} />
  return (
    <Facts
      facts={[
        { term: text.code, value: <span class="number">{order.code}</span> },
        ...(state === 'cancelled' ? [] : [{ term: text.delivery, value: delivery }]),
        { term: text.service, value: service.name[language] },
        { term: text.contract, value: contract ? <SubjectContract subject={subject} /> : text.newContract },
        ...(contract?.site ? [{ term: text.site, value: contract.site }] : []),
        { term: text.ordered, value: <Day on={order.orderedOn} language={language} now={now} /> },
        {
          term: text.lastUpdated,
          value: <Time at={order.updatedAt} zone={timeZone} language={language} now={now} />,
        },
      ]}
    />
  )
}

function filesOf(id: string): FileLinks {
  return { file: (file) => paths.orderFile({ id, file }), picture: (file) => paths.orderPicture({ id, file }) }
}

/** 開通案内: what the operator says of it, and what can be done once the service has begun. */
function Opening({ data: { id: orderId, state, subject, opening, files }, words: text, reader: { language } }: Shown) {
  const isOpen = state === 'completed'
  const id = subject.contract?.id
  return (
    <Section heading={text.opening}>
      {opening && (
        <Notice kind="info">
          <ToldIn text={opening} language={language} />
        </Notice>
      )}
      {files.length > 0 && <Files files={files} links={filesOf(orderId)} language={language} />}
      <p>{isOpen ? text.openingNow : text.openingLater}</p>
      <ol>
        <li>
          {id ? (
            <a href={paths.contract({ id })}>{text.checkOne}</a>
          ) : isOpen ? (
            <a href={paths.contracts}>{text.checkAll}</a>
          ) : (
            text.checkAll
          )}
        </li>
        <li>
          <a href={paths.contact}>{text.ask}</a>
        </li>
      </ol>
    </Section>
  )
}

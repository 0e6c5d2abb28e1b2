import { sql } from 'kysely'
import { unsubscribeUrl } from '#features/mail-wishes/unsubscribe.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { OrderTelling } from '#features/orders/tellings.ts'
import type { Transaction } from '#platform/database/database.ts'
import { orderUrl, toldPaths } from './links.ts'
import { findOrderRecipients, findToldOrder, type ToldOrder } from './order-recipients.ts'
import { orderEmail } from './order.email.ts'
import { toldAtOnce, type ToldReader } from './recipients.ts'
import { firstOfAll, type Teller } from './tell.ts'

/**
 * 申込状況更新通知メール: tells whoever may see an order and wishes to be told how it goes on, as `tell` does it. What there is to tell
 * is what it has become; of what it was in between nobody is told.
 */
export async function tellOfOrder(teller: Teller, telling: OrderTelling): Promise<void> {
  let from: string | undefined = firstOfAll
  while (from !== undefined) {
    const after: string = from
    from = await teller.database.transaction((tx) => tellPart(teller, tx, { telling, after }))
  }
}

/** Answers the last user of the part; undefined: there are no more. */
async function tellPart(
  teller: Teller,
  tx: Transaction,
  { telling, after }: { telling: OrderTelling; after: string },
): Promise<string | undefined> {
  const now = teller.now()
  const order = await findToldOrder(tx, telling.order)
  // Something newer has a job of its own.
  if (order?.news !== telling.news) return undefined
  const found = await findOrderRecipients(tx, order, { after, now })
  await sql`
    insert into told (customer_id, user_id, subject_id, kind, number, told_at)
    select ${order.customerId}, id, ${order.id}, 'order', ${order.news}, ${now} from unnest(${found.map(({ id }) => id)}::uuid[]) id`.execute(
    tx,
  )
  for (const user of found) await mailTo({ ...teller, tx, now }, order, user)
  return found.length === toldAtOnce ? found.at(-1)?.id : undefined
}

async function mailTo(
  ctx: Omit<Teller, 'now'> & { tx: Transaction; now: Date },
  order: ToldOrder,
  { id: userId, mail: address, language, wishId }: ToldReader,
): Promise<void> {
  const { secrets, portalUrl } = ctx
  const { customerId } = order
  const facts = {
    order,
    page: orderUrl(portalUrl, order.id).href,
    wishes: new URL(toldPaths.mailWishes, portalUrl).href,
  }
  const email = {
    ...orderEmail(language, facts),
    unsubscribeUrl: unsubscribeUrl(secrets, portalUrl, { customerId, wishId }),
  }
  await enqueueMail(ctx, { customerId, userId, address, language }, { kind: 'order-moved', email })
}

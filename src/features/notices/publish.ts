import { sql } from 'kysely'
import { enqueueMail } from '#features/mails/enqueue.ts'
import { unsubscribeUrl } from '#features/mail-wishes/unsubscribe.ts'
import type { Mailing } from '#features/operator-context.ts'
import type { Database, Transaction } from '#platform/database/database.ts'
import type { Language } from '#platform/words.ts'
import { audienceOf, type Campaign, findCampaign } from './campaign.ts'
import { noticeEmail } from './notice.email.ts'
import { isMailed, usersReached } from './reach.ts'

/**
 * Makes of what was published a notice for every customer, or one for each that was chosen; of what was withdrawn takes them back. May
 * be done again. By mail it is sent once it is shown. With the operator's role.
 */
export async function publishNotices({ tx, now }: { tx: Transaction; now: Date }, campaignId: string): Promise<void> {
  const { rows } = await sql<{ state: string; byMail: boolean; publishedAt: Date }>`
    select state, by_mail as "byMail", published_at as "publishedAt" from notice_campaign where id = ${campaignId} for share`.execute(
    tx,
  )
  const [campaign] = rows
  if (!campaign || campaign.state === 'draft') return
  if (campaign.state === 'withdrawn') {
    await sql`update notice set withdrawn_at = ${now} where campaign_id = ${campaignId} and withdrawn_at is null`.execute(
      tx,
    )
    return
  }
  // A code with a blank can be that of no file.
  await sql`
    insert into notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at, ends_at, campaign_id, for_services,
      for_administrators, is_important)
    select c.id, concat_ws(' ', 'notice', n.number, c.code), n.kind, n.title_ja, n.title_en, n.body_ja, n.body_en, n.published_at, n.ends_at, n.id,
      n.for_services, n.for_administrators, n.is_important
    from notice_campaign n
    left join lateral (select id, code from customer where id = any(n.customers) and not is_house) c on true
    where n.id = ${campaignId} and (n.customers is null or c.id is not null)
    on conflict (code) do nothing`.execute(tx)
  if (campaign.byMail) await sql`select enqueue_notice_mails(${campaignId}, ${campaign.publishedAt})`.execute(tx)
}

/** What the worker mails with. */
export interface Teller extends Mailing {
  database: Database
  now: () => Date
}

/** How many at once: each is told in the transaction that notes it. */
const toldAtOnce = 200

/**
 * Mails a notice to whoever may read it and wishes it at this moment, in parts: who was told is written with the mail, so that it may be
 * broken off at any moment and begun again, and nobody gets two.
 */
export async function mailNotices(teller: Teller, campaignId: string): Promise<void> {
  for (let from: string | undefined = nobody; from !== undefined;) {
    const after: string = from
    from = await teller.database.transaction((tx) => mailPart(teller, tx, { campaignId, after }))
  }
}

const nobody = '00000000-0000-0000-0000-000000000000'

interface ToldUser {
  id: string
  customerId: string
  mail: string
  language: Language
  noticeId: string
  wishId: string
}

/** Answers the last user of the part; undefined: there are no more. */
async function mailPart(
  teller: Teller,
  tx: Transaction,
  { campaignId, after }: { campaignId: string; after: string },
): Promise<string | undefined> {
  const now = teller.now()
  const campaign = await findCampaign({ tx }, campaignId)
  const isShown =
    campaign?.state === 'published' && campaign.publishedAt <= now && !(campaign.endsAt && campaign.endsAt <= now)
  if (!campaign || !isShown) return undefined
  const users = await findUntold(tx, campaign, { after, now })
  await sql`
    insert into notice_told (customer_id, user_id, campaign_id, told_at)
    select customer_id, user_id, ${campaignId}, ${now} from unnest(${users.map(({ customerId }) => customerId)}::uuid[],
      ${users.map(({ id }) => id)}::uuid[]) as told (customer_id, user_id)`.execute(tx)
  const { secrets, portalUrl } = teller
  for (const { id: userId, customerId, mail: address, language, noticeId, wishId } of users) {
    const email = {
      ...noticeEmail(language, {
        ...campaign,
        page: new URL(`/notices/${noticeId}`, portalUrl).href,
        wishes: new URL('/profile/mails', portalUrl).href,
      }),
      unsubscribeUrl: unsubscribeUrl(secrets, portalUrl, { customerId, wishId }),
    }
    await enqueueMail({ tx, now, secrets }, { customerId, userId, address, language }, { kind: 'notice', email })
  }
  return users.length === toldAtOnce ? users.at(-1)?.id : undefined
}

async function findUntold(
  tx: Transaction,
  campaign: Campaign,
  { after, now }: { after: string; now: Date },
): Promise<ToldUser[]> {
  const { rows } = await sql<ToldUser>`
    select u.id, u.customer_id as "customerId", u.mail, u.mail_language as language,
      (select n.id from notice n where n.campaign_id = ${campaign.id} and (n.customer_id is null or n.customer_id = u.customer_id) limit 1) as "noticeId",
      (select w.id from mail_wish w where w.customer_id = u.customer_id and w.user_id = u.id and w.topic = 'news' limit 1) as "wishId"
    ${usersReached(audienceOf(campaign), now)} and ${isMailed()} and u.id > ${after}
      and not exists (select from notice_told t where t.customer_id = u.customer_id and t.campaign_id = ${campaign.id} and t.user_id = u.id)
    order by u.id limit ${sql.lit(toldAtOnce)}`.execute(tx)
  return rows.filter(({ noticeId }) => noticeId !== null)
}

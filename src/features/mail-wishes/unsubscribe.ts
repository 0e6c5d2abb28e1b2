import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import type { Visitor } from '#platform/context.ts'
import { type Secrets, sameBytes } from '#platform/security/secrets.ts'
import type { Phrase } from '#platform/words.ts'
import type { MailTopic } from './topics.ts'

/** Where a mail's wish is ended without a login (RFC 8058). */
export const unsubscribePath = '/unsubscribe'

export interface WishKey {
  customerId: string
  wishId: string
}

const purpose = 'unsubscribe'

/** The address that ends one wish, and can do nothing else; nobody without the key of the portal can make one. */
export function unsubscribeUrl(secrets: Secrets, portalUrl: URL, { customerId, wishId }: WishKey): string {
  const url = new URL(unsubscribePath, portalUrl)
  url.searchParams.set(
    'key',
    `${customerId}.${wishId}.${proofOf(secrets, { customerId, wishId }).toString('base64url')}`,
  )
  return url.href
}

/** What the key of an address names; undefined where we have not made it. */
export function readWishKey(secrets: Secrets, key: string): WishKey | undefined {
  const [customerId = '', wishId = '', proof = ''] = key.split('.')
  const given = Buffer.from(proof, 'base64url')
  return sameBytes(given, proofOf(secrets, { customerId, wishId })) ? { customerId, wishId } : undefined
}

function proofOf(secrets: Secrets, { customerId, wishId }: WishKey): Buffer {
  return secrets.keyedHash(purpose, customerId, wishId)
}

/** What a mail's wish is. */
export interface MailedWish {
  topic: MailTopic
  service: Phrase | null
  site: string | null
  contract: string | null
}

/** The wish of a key; undefined once it has ended. Moves the fence to its customer: whose it is, the key's proof says. */
export async function findMailedWish({ tx }: Pick<Visitor, 'tx'>, key: WishKey): Promise<MailedWish | undefined> {
  await enterFence(tx, key.customerId)
  const { rows } = await sql<MailedWish>`
    select w.topic, t.name as site, k.number as contract,
      case when s.id is not null then json_build_object('ja', s.name_ja, 'en', s.name_en) end as service
    from mail_wish w left join service s on s.id = w.service_id
    left join site t on t.customer_id = w.customer_id and t.id = w.site_id
    left join contract k on k.customer_id = w.customer_id and k.id = w.contract_id
    where w.customer_id = ${key.customerId} and w.id = ${key.wishId}`.execute(tx)
  return rows[0]
}

/** Ends that one wish. */
export async function endMailedWish({ tx }: Pick<Visitor, 'tx'>, key: WishKey): Promise<void> {
  await enterFence(tx, key.customerId)
  await sql`delete from mail_wish where customer_id = ${key.customerId} and id = ${key.wishId}`.execute(tx)
}

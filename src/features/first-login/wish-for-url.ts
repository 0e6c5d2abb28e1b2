import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { wishPurpose } from './request-url.ts'

/** Wishes for a new URL for a customer's user, as the user could at the login: the worker sends it, so that staff never have one. */
export async function wishForUrl(
  { tx, now, secrets }: Pick<Visitor, 'tx' | 'now' | 'secrets'>,
  mail: string,
): Promise<void> {
  const id = randomUUID()
  await tx
    .insertInto('first_login_request')
    .values({ id, login: secrets.seal(wishPurpose(id), mail), created_at: now, for_staff: false })
    .execute()
  await sql`select enqueue_first_login_request(${id})`.execute(tx)
}

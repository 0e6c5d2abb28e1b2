import type pg from 'pg'
import { addGroups } from './many-readers.ts'

export const concernedCustomers = 5_000
const contractsOfEach = 20
const readersOfEach = 2

export const concernedContracts = concernedCustomers * contractsOfEach
export const recipients = concernedCustomers * readersOfEach
/** The service that they all have, and nobody else. */
export const concernedService = 'concerned'

/** Adds 5,000 customers with 100,000 contracts of one service, and two readers each who see all and wish to be told of faults. */
export async function addConcerned(superuser: pg.Client): Promise<void> {
  await superuser.query(
    `insert into service (code, service_category_id, position, name_ja, name_en)
     select $1, id, 999, '広域回線', 'Wide lines' from service_category order by code limit 1`,
    [concernedService],
  )
  await superuser.query(
    `insert into customer (code, name) select 'concerned-' || n, '株式会社影響' || n from generate_series(1, ${concernedCustomers}) n`,
  )
  await superuser.query(
    `insert into contract (customer_id, number, service_id)
     select c.id, 'Y' || row_number() over (), s.id from customer c, generate_series(1, ${contractsOfEach}), service s
     where c.code like 'concerned-%' and s.code = $1`,
    [concernedService],
  )
  await addGroups(superuser, 'concerned-%')
  await superuser.query(
    `with reader as (
       insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
       select c.id, 'reader-' || n || '@' || c.code || '.example', '利用者 ' || n, '03-0000-0000', 'general-user', 'totp', 'active'
       from customer c, generate_series(1, ${readersOfEach}) n where c.code like 'concerned-%' returning id, customer_id
     ), member as (
       insert into user_group_member (customer_id, user_group_id, user_id)
       select r.customer_id, g.id, r.id from reader r join user_group g on g.customer_id = r.customer_id
     )
     insert into mail_wish (customer_id, user_id, topic, made_at) select customer_id, id, 'fault', now() from reader`,
  )
  await superuser.query('vacuum analyze')
}

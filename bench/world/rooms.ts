import type pg from 'pg'

/** Gives the large customer so many sites, all placed on the map: some at the seats of prefectures, most beside them. */
export async function placeSites(superuser: pg.Client, customer: string, sites: number): Promise<void> {
  await superuser.query(
    `insert into site (customer_id, code, name)
     select $1, 'placed-' || n, '第' || n || '営業所' from generate_series((select count(*) from site where customer_id = $1) + 1, $2) n`,
    [customer, sites],
  )
  await superuser.query(
    `insert into site_place (customer_id, site_id, prefecture, north, east)
     select $1, id, 1 + n % 47, 31 + (n % 131) * 0.1, 130.5 + (n % 97) * 0.12
     from (select id, row_number() over (order by code) as n from site where customer_id = $1) s where n <= $2
     on conflict do nothing`,
    [customer, sites],
  )
  await superuser.query('vacuum analyze')
}

/** Lets so many users of the large customer have a session that is open. */
export async function fillSessions(superuser: pg.Client, customer: string, sessions: number): Promise<void> {
  await superuser.query(
    `insert into session (customer_id, user_id, credential_epoch, policy_epoch, token_hash, second_factor, browser, ip, created_at,
       confirmed_at, last_used_at, ends_at)
     select u.customer_id, u.id, u.credential_epoch, c.policy_epoch, sha256(convert_to('session of ' || u.id, 'UTF8')), 'totp',
       'Chrome 153 (Windows)', '192.0.2.1', now(), now(), now(), now() + interval '8 hours'
     from portal_user u join customer c on c.id = u.customer_id where u.customer_id = $1 and u.state = 'active'
     order by u.id limit $2
     on conflict do nothing`,
    [customer, sessions],
  )
  await superuser.query('vacuum analyze')
}

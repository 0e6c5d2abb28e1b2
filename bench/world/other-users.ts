import type pg from 'pg'

/** Fills the large customer up to so many users, each in two groups with a service and in one with single contracts. */
export async function fillUpUsers(superuser: pg.Client, customer: string, users: number): Promise<void> {
  await superuser.query(
    `with added as (
       insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
       select $1, 'user-' || n || '@bench.example', '利用者 ' || n, '03-0000-0000', 'general-user', 'mail-otp', 'active'
       from generate_series((select count(*) from portal_user where customer_id = $1) + 1, $2) n
       returning id, substring(mail from '\\d+')::integer as n
     )
     insert into user_group_member (customer_id, user_group_id, user_id)
     select $1, g.id, added.id from added, unnest(array['other-' || n % 479, 'other-' || (n * 7 + 1) % 479, 'rules-' || n % 20]) wanted
     join user_group g on g.customer_id = $1 and g.name = wanted on conflict do nothing`,
    [customer, users],
  )
  await superuser.query('vacuum analyze')
}

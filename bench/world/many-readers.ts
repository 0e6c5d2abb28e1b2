import type pg from 'pg'

const customers = 200
const readersOfEach = 10
const contractsOfEach = 200

/** Adds 2,000 readers of 200 customers, each signed in and with all services; answers the tokens of their sessions. */
export async function addManyReaders(superuser: pg.Client): Promise<string[]> {
  const { rowCount } = await superuser.query(`select from customer where code = 'wide-1'`)
  if (rowCount === 0) await add(superuser)
  const { rows } = await superuser.query<{ token: string }>(
    `select 'token of ' || u.id as token from portal_user u join customer c on c.id = u.customer_id
     where c.code like 'wide-%' order by substring(u.mail from '\\d+$')::integer, c.code`,
  )
  return rows.map(({ token }) => encodeURIComponent(token))
}

async function add(superuser: pg.Client): Promise<void> {
  await superuser.query(
    `insert into customer (code, name) select 'wide-' || n, '株式会社広域' || n from generate_series(1, ${customers}) n`,
  )
  await superuser.query(
    `insert into contract (customer_id, number, service_id, memo)
     select c.id, 'W' || row_number() over (), (array(select id from service order by code))[1 + n % 20], '代表電話 ' || n % 50 || '階'
     from customer c, generate_series(1, ${contractsOfEach}) n where c.code like 'wide-%'`,
  )
  await addGroups(superuser, 'wide-%')
  await superuser.query(
    `with reader as (
       insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
       select c.id, 'reader-' || n || '@' || c.code || '.example', '利用者 ' || n, '03-0000-0000', 'general-user', 'totp', 'active'
       from customer c, generate_series(1, ${readersOfEach}) n where c.code like 'wide-%'
       returning id, customer_id, credential_epoch
     ), member as (
       insert into user_group_member (customer_id, user_group_id, user_id)
       select r.customer_id, g.id, r.id from reader r join user_group g on g.customer_id = r.customer_id
     )
     insert into session (customer_id, user_id, credential_epoch, policy_epoch, token_hash, second_factor, browser, ip, created_at,
       confirmed_at, last_used_at, ends_at)
     select r.customer_id, r.id, r.credential_epoch, 1, sha256(convert_to('token of ' || r.id, 'UTF8')), 'totp', '', '192.0.2.1', now(),
       now(), now(), now() + interval '8 hours' from reader r`,
  )
  await superuser.query('vacuum analyze')
}

/** Gives each of these customers a group that sees all services. */
export async function addGroups(superuser: pg.Client, codes: string): Promise<void> {
  await superuser.query(
    `with made as (
       insert into user_group (customer_id, number, name) select id, 'G0000001', 'all' from customer where code like $1
       returning customer_id, id)
     insert into user_group_right (customer_id, user_group_id, level) select customer_id, id, 'view' from made`,
    [codes],
  )
}

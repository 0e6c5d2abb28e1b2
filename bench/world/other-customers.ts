import type pg from 'pg'

const customers = 300
const contractsOfEach = 3000

/** Grows the database to a million contracts: the rest are of customers that nobody asks for. */
export async function addOtherCustomers(superuser: pg.Client): Promise<void> {
  if ((await superuser.query(`select from customer where code = 'other-1'`)).rowCount !== 0) return
  await superuser.query(
    `insert into customer (code, name) select 'other-' || n, '株式会社その他' || n from generate_series(1, $1) n`,
    [customers],
  )
  await superuser.query(
    `insert into contract (customer_id, number, service_id, memo)
     select c.id, 'X' || row_number() over (), (array(select id from service order by code))[1 + n % 20],
       case n % 7 when 0 then '予備回線' else '代表電話' end || ' ' || n % 50 || '階'
     from customer c, generate_series(1, $1) n where c.code like 'other-%'`,
    [contractsOfEach],
  )
  await superuser.query('vacuum analyze')
}

const usersOfEach = 1000

/** Adds 300,000 users of those customers. */
export async function addOtherUsers(superuser: pg.Client): Promise<void> {
  await superuser.query(
    `insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
     select c.id, 'user-' || n || '@' || c.code || '.example', (array['佐藤', '鈴木', '高橋', '田中'])[1 + n % 4] || ' ' || n,
       '03-' || lpad((n * 37 % 10000)::text, 4, '0') || '-' || lpad(n::text, 4, '0'), 'general-user', 'totp', 'active'
     from customer c, generate_series(1, $1) n where c.code like 'other-%'`,
    [usersOfEach],
  )
  await superuser.query('vacuum analyze')
}

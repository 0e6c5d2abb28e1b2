import type pg from 'pg'

const customers = 300
const contractsOfEach = 3000

/** Grows the database to a million contracts: the rest are of customers that nobody asks for. */
export async function addOtherCustomers(superuser: pg.Client): Promise<void> {
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

import type pg from 'pg'

/** Gives the large customer so many inquiries about its contracts, of which one in ten is open; answers the id of one with so many messages. */
export async function fillTickets(
  superuser: pg.Client,
  customer: string,
  { tickets, messages }: { tickets: number; messages: number },
): Promise<string> {
  await superuser.query(
    `insert into ticket (customer_id, code, service_id, contract_id, kind, title_ja, title_en, state, opened_at, updated_at, closed_at)
     select $1, 'T' || n, k.service_id, k.id, 'inquiry', '通話が途切れる ' || n, 'Calls break off ' || n,
       case when n % 10 = 0 then 'open' else 'closed' end, now() - n * interval '5 minutes', now() - n * interval '4 minutes',
       case when n % 10 <> 0 then now() - n * interval '4 minutes' end
     from (select id, service_id, row_number() over (order by number) as n from contract where customer_id = $1 limit $2) k`,
    [customer, tickets],
  )
  const { rows } = await superuser.query<{ id: string }>(
    `with chosen as (select id from ticket where customer_id = $1 and code = 'T10'), written as (
       insert into ticket_message (customer_id, ticket_id, number, at, by, author_name, text)
       select $1, id, n, now() - (100 - n) * interval '1 minute', case when n % 2 = 0 then 'operator' else 'customer' end, '担当者',
         repeat('お調べした内容をお知らせします。', 12) from chosen, generate_series(1, $2) n)
     select id from chosen`,
    [customer, messages],
  )
  await superuser.query('vacuum analyze')
  return rows[0]?.id ?? ''
}

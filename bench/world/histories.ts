import type pg from 'pg'

/** Gives the large customer a change history of three years, every second change by this user; it is sealed already. */
export async function fillHistory(
  superuser: pg.Client,
  customer: string,
  { changes, by }: { changes: number; by: string },
): Promise<void> {
  await superuser.query(
    `insert into change_history (customer_id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_name, before, after, sequence, hash)
     select $1, now() - (($2 - n) * 94 + 60) * interval '1 second', case when n % 2 = 0 then $3 else users[1 + n % cardinality(users)] end,
       '利用者 ' || n % 5000, (array['user-changed', 'contract-memo-changed', 'user-group-edited'])[1 + n % 3],
       (array['user', 'contract', 'user-group'])[1 + n % 3], md5('subject' || n % 70000)::uuid, '対象 ' || n % 70000,
       jsonb_build_object('comment', '旧 ' || n), jsonb_build_object('comment', '新 ' || n), sealed + n, sha256(n::text::bytea)
     from generate_series(1, $2::integer) n, (select array_agg(id) as users from portal_user where customer_id = $1) u,
       (select coalesce(max(sequence), 0) as sealed from change_history where customer_id = $1) b order by n`,
    [customer, changes, by],
  )
  // What was looked at was never changed by its reader, as the most is not.
  await superuser.query(
    `insert into look (customer_id, user_id, kind, thing_id, looked_at)
     select $1, $2, 'contract', id, now() from (select id from contract where customer_id = $1 order by number limit 10) k`,
    [customer, by],
  )
  await superuser.query('vacuum analyze')
}

/** A group with all users, for which the user given has chosen rights to so many single contracts. Answers its id. */
export async function makeLargeGroup(
  superuser: pg.Client,
  customer: string,
  { staged, by }: { staged: number; by: string },
): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into user_group (customer_id, number, name) values ($1, 'G9999999', 'everybody') returning id`,
    [customer],
  )
  const id = rows[0]?.id ?? ''
  await superuser.query(
    `insert into user_group_member (customer_id, user_group_id, user_id) select $1, $2, id from portal_user where customer_id = $1`,
    [customer, id],
  )
  await superuser.query(
    `insert into staged_right (customer_id, user_id, user_group_id, contract_id, level, rights_version)
     select $1, $3, $2, id, 'view', 1 from (select id from contract where customer_id = $1 order by number desc limit $4) k`,
    [customer, id, by, staged],
  )
  await superuser.query('vacuum analyze')
  return id
}

/** Gives the large customer more lines of its login history, those numbered after `from`, over two years: one in 20 a failure, one in 5,000 a lock. */
export async function fillAccessHistory(
  superuser: pg.Client,
  customer: string,
  { from, to }: { from: number; to: number },
): Promise<void> {
  // Months that lie back have no partition until lines of theirs are there.
  await superuser.query(
    `insert into access_history (customer_id, at, user_id, user_name, event, ip, browser)
     select $1, now() - interval '1 minute' - (n::float8 / $3) * interval '700 days', users[1 + n % cardinality(users)],
       '利用者 ' || n % 5000,
       case when n % 5000 = 0 then 'locked' when n % 20 = 0 then 'failed' when n % 2 = 0 then 'sign-in' else 'sign-out' end,
       '192.0.2.0'::inet + n % 250, 'Chrome 153 (Windows)'
     from generate_series($2::integer + 1, $3) n, (select array_agg(id) as users from portal_user where customer_id = $1) u`,
    [customer, from, to],
  )
  await superuser.query('call add_access_history_months(now())')
  await superuser.query('vacuum analyze access_history')
}

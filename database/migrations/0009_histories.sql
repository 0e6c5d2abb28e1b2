-- Logins and logouts, kept for the operator's access_history_years. Monthly partitions: what is older goes with its month.
create table access_history (
  id bigint generated always as identity,
  -- Null: a login ID that nobody has. Only the operator sees these.
  customer_id uuid,
  at timestamptz not null,
  user_id uuid,
  -- Kept when the user is deleted.
  user_name text not null default '',
  event text not null check (event in
    ('sign-in', 'sign-out', 'timed-out', 'failed', 'locked', 'unlocked', 'second-step-skipped')),
  reason text check (reason in ('wrong-password', 'wrong-code', 'locked', 'not-active', 'too-many-codes', 'code-expired',
    'ended-elsewhere', 'password-changed', 'replaced')),
  second_factor text check (second_factor in ('totp', 'mail-otp', 'recovery-code')),
  ip inet,
  browser text not null default '',
  primary key (id, at)
) partition by range (at);
create index access_history_newest on access_history (customer_id, at desc, id desc);
create index access_history_of_user on access_history (customer_id, user_id, at desc);
create table access_history_default partition of access_history default;

alter table access_history enable row level security;
alter table access_history force row level security;
create policy of_the_customer on access_history for select to portal_app using (customer_id = app_customer());
create policy written_by_app on access_history for insert to portal_app
  with check (customer_id is not distinct from app_customer());
create policy of_the_operator on access_history to portal_operator using (true) with check (true);
alter table access_history_default enable row level security;
alter table access_history_default force row level security;

-- Makes the partitions of the month given and the two after it; and those of what lies in the default one because nobody
-- made them in time. The partitions themselves grant nothing to anybody.
-- Both procedures lock the whole history for a moment. Who cannot have it soon gives up: every login waits behind them.
create procedure add_access_history_months(moment timestamptz) language plpgsql
  security definer set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' set lock_timeout = '3s' as $$
declare
  month timestamptz;
  partition text;
begin
  -- The owner sees no row through a forced fence.
  alter table access_history_default no force row level security;
  select date_trunc('month', least(moment, min(at))) into month from access_history_default;
  while month <= moment + interval '2 months' loop
    partition := 'access_history_' || to_char(month, 'YYYY_MM');
    if to_regclass(partition) is null then
      execute format('create table public.%I (like access_history including defaults including constraints)', partition);
      execute format('with late as (delete from access_history_default where at >= %L and at < %L returning *)
        insert into %I select * from late', month, month + interval '1 month', partition);
      execute format('alter table access_history attach partition %I for values from (%L) to (%L)',
        partition, month, month + interval '1 month');
      execute format('alter table %I enable row level security', partition);
      execute format('alter table %I force row level security', partition);
    end if;
    month := month + interval '1 month';
  end loop;
  alter table access_history_default force row level security;
end $$;

-- Drops the months that the operator need not keep any longer.
create procedure drop_old_access_history(moment timestamptz) language plpgsql
  security definer set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' set lock_timeout = '3s' as $$
declare
  partition regclass;
begin
  for partition in
    select inhrelid from pg_inherits join pg_class on pg_class.oid = inhrelid, operator
    where inhparent = 'access_history'::regclass and relname <> 'access_history_default'
      and relname < 'access_history_' || to_char(moment - make_interval(years => access_history_years), 'YYYY_MM')
  loop
    execute format('drop table %s', partition);
  end loop;
end $$;
call add_access_history_months(now());

-- Who changed what. Append-only: nobody has the right to change or remove a row.
create table change_history (
  id bigint generated always as identity primary key,
  customer_id uuid not null references customer,
  at timestamptz not null,
  -- Null: the operator.
  actor_id uuid,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id uuid,
  subject_name text not null,
  before jsonb,
  after jsonb
);
create index change_history_newest on change_history (customer_id, at desc, id desc);
call fence('change_history');

grant select, insert on access_history, change_history to portal_app, portal_operator;
grant execute on procedure add_access_history_months(timestamptz), drop_old_access_history(timestamptz) to portal_operator;

-- Logins and logouts. Monthly partitions: what is too old is dropped with its month.
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
  reason text check (reason in ('wrong-password', 'wrong-code', 'locked', 'not-active', 'too-many-codes', 'code-expired', 'ended-elsewhere')),
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

-- Makes the partitions of the month given and the two after it. The partitions themselves grant nothing to anybody.
create procedure add_access_history_months(moment timestamptz) language plpgsql
  security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  month timestamptz := date_trunc('month', moment, 'UTC');
  partition text;
begin
  for i in 0..2 loop
    partition := 'access_history_' || to_char(month at time zone 'UTC', 'YYYY_MM');
    if to_regclass('public.' || partition) is null then
      execute format('create table public.%I partition of public.access_history for values from (%L) to (%L)',
        partition, month, month + interval '1 month');
      execute format('alter table public.%I enable row level security', partition);
      execute format('alter table public.%I force row level security', partition);
    end if;
    month := month + interval '1 month';
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
grant execute on procedure add_access_history_months(timestamptz) to portal_operator;

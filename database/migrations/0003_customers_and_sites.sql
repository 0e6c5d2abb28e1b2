create table customer (
  id uuid primary key default gen_random_uuid(),
  code text not null constraint customer_code_taken unique,
  name text not null,
  -- Minutes without a request after which a session ends; a user may have an own value.
  idle_minutes integer not null default 60 check (idle_minutes in (15, 30, 60, 120, 240, 480, 720)),
  -- Raised when a rule for all users changes; whatever was derived from an older one is void.
  policy_epoch integer not null default 1,
  -- The number after the G of the newest user group of its own: none is ever used again.
  last_group_number integer not null default 1000000 check (last_group_number <= 9999999),
  created_at timestamptz not null default now()
);
alter table customer enable row level security;
alter table customer force row level security;
create policy of_the_customer on customer to portal_app using (id = app_customer()) with check (id = app_customer());
create policy of_the_operator on customer to portal_operator using (true) with check (true);
create policy of_the_door on customer for select to portal_door using (true);

create table site (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  code text not null,
  name text not null,
  constraint site_code_taken unique (customer_id, code),
  constraint site_of_customer unique (customer_id, id)
);
call fence('site');

grant select on customer, site to portal_app;
grant select, insert, update on customer, site to portal_operator;
grant select on customer to portal_door;

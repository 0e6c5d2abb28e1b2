-- What somebody has set for a later moment: the rows that it is to change, as a try of it has told them. At its moment the worker
-- makes a change of them, if they still are as they were.
alter table pbx.change drop constraint change_origin_check;
alter table pbx.change add constraint change_origin_check
  check (origin in ('form', 'undo', 'operator', 'reservation', 'copy', 'csv'));

create table pbx.reservation (
  customer_id uuid,
  contract_id uuid,
  id uuid default gen_random_uuid(),
  due_at timestamptz not null,
  -- Of two for the same moment the one that was reserved first comes first.
  place bigint generated always as identity,
  reserved_at timestamptz not null,
  -- Whose right counts at its moment, and in whose name it is made.
  actor_id uuid not null,
  actor_name text not null,
  action text not null,
  subject text not null default '',
  -- The change that it is to take back.
  undoes bigint,
  -- As `pbx.changed_row` keeps them: `relation`, `before`, `after`; each row once.
  changes jsonb not null check (jsonb_typeof(changes) = 'array'),
  -- The outside and inside numbers that it is about, and ids of calendars: for their pages and lists.
  numbers text[] not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'withdrawn')),
  -- Why it could not be made.
  problem text,
  settled_at timestamptz,
  -- Who has withdrawn it.
  settled_by text,
  -- Null of one that is done: everything was as wanted already.
  change_id bigint,
  version integer not null default 1,
  primary key (customer_id, contract_id, id),
  constraint reservation_line foreign key (customer_id, contract_id) references pbx.line,
  constraint reservation_undoes foreign key (customer_id, contract_id, undoes) references pbx.change,
  constraint reservation_change foreign key (customer_id, contract_id, change_id) references pbx.change,
  constraint reservation_settled check ((state = 'waiting') = (settled_at is null)),
  constraint reservation_problem check ((state = 'failed') = (problem is not null)),
  constraint reservation_made check (change_id is null or state = 'done'),
  constraint reservation_withdrawn check ((state = 'withdrawn') = (settled_by is not null))
);
call pbx.fence('pbx.reservation');
create index reservation_due on pbx.reservation (due_at, place) where state = 'waiting';
create index reservation_waiting on pbx.reservation (customer_id, contract_id, due_at) where state = 'waiting';
create index reservation_of_change on pbx.reservation (customer_id, contract_id, change_id) where change_id is not null;
create index reservation_of_undone on pbx.reservation (customer_id, contract_id, undoes) where undoes is not null;

-- What is to be changed stays as it was reserved. Whether it is done or failed is the worker's to say.
grant select, insert, update (due_at, state, settled_at, settled_by, version) on pbx.reservation to portal_app;
grant select, insert, update (state, problem, settled_at, change_id), delete on pbx.reservation to portal_operator;
create policy withdrawn_by_users on pbx.reservation as restrictive for update to portal_app
  using (state = 'waiting') with check (state in ('waiting', 'withdrawn'));

-- In the order of progress; what is completed or cancelled is over.
create type order_state as enum ('received', 'surveying', 'constructing', 'ready', 'completed', 'cancelled');

-- "Order" alone is a word of SQL.
create table contract_order (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  code text not null,
  service_id uuid not null references service,
  -- The contract it changes, and whose rights count for it. Null: it asks for a new one, and those of the service count.
  contract_id uuid,
  title_ja text not null,
  title_en text not null,
  state order_state not null,
  ordered_on date not null,
  -- The day promised for what was ordered.
  delivery_on date,
  updated_at timestamptz not null,
  constraint contract_order_code_taken unique (customer_id, code),
  constraint contract_order_contract foreign key (customer_id, contract_id) references contract (customer_id, id),
  constraint contract_order_delivered_after_ordered check (delivery_on >= ordered_on)
);
create index contract_order_newest on contract_order (customer_id, ordered_on desc, code desc);
create index contract_order_of_contract on contract_order (customer_id, contract_id, ordered_on desc);
create index contract_order_of_service on contract_order (service_id);
call fence('contract_order');

create type ticket_kind as enum ('fault', 'inquiry');
create type ticket_state as enum ('open', 'waiting-for-customer', 'closed');

create table ticket (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  code text not null,
  service_id uuid not null references service,
  -- The contract it is about, and whose rights count for it. Null: those of the service count.
  contract_id uuid,
  kind ticket_kind not null,
  title_ja text not null,
  title_en text not null,
  state ticket_state not null,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  constraint ticket_code_taken unique (customer_id, code),
  constraint ticket_contract foreign key (customer_id, contract_id) references contract (customer_id, id),
  constraint ticket_updated_after_opened check (updated_at >= opened_at)
);
create index ticket_newest on ticket (customer_id, opened_at desc, code desc);
create index ticket_of_contract on ticket (customer_id, contract_id, opened_at desc);
create index ticket_of_service on ticket (service_id);
call fence('ticket');

create type notice_kind as enum ('news', 'works');

create table notice (
  id uuid primary key default gen_random_uuid(),
  -- Null: for every customer, and for whoever has not logged in yet.
  customer_id uuid references customer,
  code text not null constraint notice_code_taken unique,
  kind notice_kind not null,
  title_ja text not null,
  title_en text not null,
  -- Plain text; its lines are kept.
  body_ja text not null,
  body_en text not null,
  -- Not shown before; nor any longer once it has ended.
  published_at timestamptz not null,
  ends_at timestamptz,
  constraint notice_ends_after_published check (ends_at > published_at)
);
create index notice_newest on notice (customer_id, published_at desc, code desc);

-- Its own fence: the one for reading lets through what is for everybody, and nothing is written but by the operator.
alter table notice enable row level security;
alter table notice force row level security;
create policy of_the_customer_or_everybody on notice for select to portal_app
  using (customer_id is null or customer_id = app_customer());
create policy of_the_operator on notice to portal_operator using (true) with check (true);

-- Where the operator's documents lie: one for a service, or for the portal as a whole.
create table manual (
  id uuid primary key default gen_random_uuid(),
  code text not null constraint manual_code_taken unique,
  service_id uuid references service,
  title_ja text not null,
  title_en text not null,
  url text not null constraint manual_url_begins_with_https check (url ~ '^https://[^\s]+$'),
  updated_on date not null
);
create index manual_newest on manual (updated_on desc, code desc);
create index manual_of_service on manual (service_id, updated_on desc);

grant select on contract_order, ticket, notice, manual to portal_app;
grant select, insert, update on contract_order, ticket, notice, manual to portal_operator;

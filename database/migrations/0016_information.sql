-- Which notices a user has opened. Matters only while a notice is young enough to count as unread.
create table notice_read (
  customer_id uuid not null,
  user_id uuid not null,
  -- Alone, because a notice for everybody has no customer.
  notice_id uuid not null constraint notice_read_notice references notice,
  primary key (customer_id, user_id, notice_id),
  constraint notice_read_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index notice_read_of_notice on notice_read (notice_id);
call fence('notice_read');

-- What the operator commends.
create table recommendation (
  id uuid primary key default gen_random_uuid(),
  code text not null constraint recommendation_code_taken unique,
  position integer not null,
  -- What is commended, if it is a service.
  service_id uuid references service,
  -- Shown to whoever sees a contract of one of these services. Null: to everybody.
  for_services uuid[],
  title_ja text not null,
  title_en text not null,
  -- Plain text; its lines are kept.
  text_ja text not null,
  text_en text not null,
  url text constraint recommendation_url_begins_with_https check (url ~ '^https://[^\s]+$'),
  -- Not shown any longer.
  ends_at timestamptz
);
create index recommendation_of_service on recommendation (service_id);

-- Its contracts have counts of blocked traffic.
alter table service add column blocks_traffic boolean not null default false;

-- How much traffic a service has kept from a customer, by day in the operator's time zone.
create table blocked_traffic (
  customer_id uuid not null references customer,
  day date not null,
  service_id uuid not null references service,
  -- The contract it was kept from, and whose rights count for it. Null: those of the service count.
  contract_id uuid,
  -- The one or the other, so that rows are known again.
  subject_id uuid not null check (subject_id = coalesce(contract_id, service_id)),
  kind_ja text not null,
  kind_en text not null,
  count bigint not null check (count >= 0),
  constraint blocked_traffic_counted_once primary key (customer_id, day, subject_id, kind_ja),
  constraint blocked_traffic_contract foreign key (customer_id, contract_id) references contract (customer_id, id)
);
create index blocked_traffic_of_contract on blocked_traffic (customer_id, contract_id);
create index blocked_traffic_of_service on blocked_traffic (service_id);
call fence('blocked_traffic');

create type feedback_kind as enum ('good', 'trouble', 'other');

-- What users say of a page. The portal writes it and cannot read it.
create table feedback (
  id bigint generated always as identity primary key,
  customer_id uuid not null,
  user_id uuid not null,
  -- Kept when the user is deleted.
  user_name text not null,
  at timestamptz not null,
  -- The path of the page, without its query.
  page text not null,
  kind feedback_kind,
  text text not null check (char_length(text) between 1 and 1000),
  -- Of the screen.
  language language not null,
  browser text not null,
  constraint feedback_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index feedback_oldest on feedback (at, id);
create index feedback_of_user on feedback (customer_id, user_id);
call fence('feedback');

-- When a user's last feedback was given: so much an hour, and no more.
create table feedback_budget (
  customer_id uuid not null,
  user_id uuid not null,
  given timestamptz[] not null default '{}',
  primary key (customer_id, user_id),
  constraint feedback_budget_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
call fence('feedback_budget');

grant select on recommendation, blocked_traffic to portal_app;
grant select, insert on notice_read, feedback_budget to portal_app;
-- With its user.
grant delete on notice_read to portal_app;
grant update (given) on feedback_budget to portal_app;
grant insert on feedback to portal_app;
grant select, insert, update on recommendation, blocked_traffic to portal_operator;
grant select, delete on notice_read, feedback, feedback_budget to portal_operator;
grant delete on blocked_traffic to portal_operator;

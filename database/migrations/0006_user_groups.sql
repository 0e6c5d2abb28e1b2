create table user_group (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  number text not null check (number ~ '^G\d{7}$'),
  name text not null check (char_length(name) between 1 and 64),
  description text not null default '',
  -- The group the product itself makes for each customer: every service, every right.
  is_automatic boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  constraint user_group_number_taken unique (customer_id, number),
  constraint user_group_of_customer unique (customer_id, id)
);
create unique index user_group_name_taken on user_group (customer_id, fold_text(name));
call fence('user_group');

create table user_group_member (
  customer_id uuid not null,
  user_group_id uuid not null,
  user_id uuid not null,
  primary key (user_group_id, user_id),
  constraint user_group_member_group foreign key (customer_id, user_group_id) references user_group (customer_id, id) on delete cascade,
  constraint user_group_member_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index user_group_member_by_user on user_group_member (customer_id, user_id);
create index user_group_member_by_group on user_group_member (customer_id, user_group_id);
call fence('user_group_member');

-- In order: the higher one wins. There is no deny.
create type right_level as enum ('view', 'edit');

-- The rule, never its result: for all services (both null), for one service, or for one contract.
create table user_group_right (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  user_group_id uuid not null,
  service_id uuid references service,
  contract_id uuid,
  level right_level not null,
  constraint user_group_right_taken unique nulls not distinct (user_group_id, service_id, contract_id),
  constraint user_group_right_one_layer check (service_id is null or contract_id is null),
  constraint user_group_right_group foreign key (customer_id, user_group_id) references user_group (customer_id, id) on delete cascade,
  constraint user_group_right_contract foreign key (customer_id, contract_id) references contract (customer_id, id)
);
create index user_group_right_of_group on user_group_right (customer_id, user_group_id);
create index user_group_right_of_contract on user_group_right (customer_id, contract_id) where contract_id is not null;
create index user_group_right_of_service on user_group_right (service_id) where service_id is not null;
call fence('user_group_right');

grant select on user_group, user_group_member, user_group_right to portal_app;
grant select, insert, update on user_group, user_group_member, user_group_right to portal_operator;

-- Groups and users that an import has created once, by the name they have in the file. What the customer renames or
-- deletes afterwards is found here, so that the next import neither makes it again nor touches it.
create table created_by_import (
  customer_id uuid not null references customer,
  kind text not null check (kind in ('user-group', 'user')),
  -- Folded: the name of a group, the mail address of a user.
  name text not null,
  -- The row it became, which may be gone.
  subject_id uuid not null,
  primary key (customer_id, kind, name)
);
call fence('created_by_import');
grant select, insert on created_by_import to portal_operator;

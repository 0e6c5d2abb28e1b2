-- What of a service is set or looked up elsewhere: the operator's links.
alter table service
  -- 「オプション設定」: [{ "name": { "ja", "en" }, "text": { "ja", "en" }, "url" }], in the order of the service's page.
  add column options jsonb not null default '[]',
  -- 「料金情報」
  add column charges_url text constraint service_charges_url_begins_with_https check (charges_url ~ '^https://[^\s]+$');

-- What a shortcut leads to.
create type thing_kind as enum ('service', 'contract', 'order', 'ticket', 'incident', 'notice');

-- Things that a user has pinned. No key leads to a thing: it is read anew each time, with
-- the user's rights of that moment, and what is not found is not shown.
create table pin (
  customer_id uuid not null,
  user_id uuid not null,
  kind thing_kind not null,
  thing_id uuid not null,
  pinned_at timestamptz not null,
  primary key (customer_id, user_id, kind, thing_id),
  constraint pin_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
call fence('pin');

-- Things that a user has looked at; the last few are kept.
create table visit (
  customer_id uuid not null,
  user_id uuid not null,
  kind thing_kind not null,
  thing_id uuid not null,
  visited_at timestamptz not null,
  primary key (customer_id, user_id, kind, thing_id),
  constraint visit_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
call fence('visit');

grant select, insert, delete on pin, visit to portal_app;
grant update (visited_at) on visit to portal_app;

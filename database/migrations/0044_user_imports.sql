-- What an administrator has brought in one file, to be looked at and then done as a whole: users to add and to change.
create table user_import (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  -- Who has brought it, and alone may see it and have it done.
  author_id uuid not null,
  created_at timestamptz not null,
  -- Until then it can be had done.
  expires_at timestamptz not null,
  state text not null default 'tried' check (state in ('tried', 'queued', 'running', 'applied', 'refused')),
  -- Sealed by the application's key: what each row would do, and what is wrong with it. Erased with the end.
  plan bytea,
  -- Rows that add or change somebody, and how many of them are done.
  rows integer not null,
  done integer not null default 0,
  sends_notices boolean not null default false,
  -- Why it was refused, and for which rows; [] unless it was.
  faults jsonb not null default '[]',
  finished_at timestamptz,
  constraint user_import_author foreign key (customer_id, author_id) references portal_user (customer_id, id)
);
create index user_import_of_author on user_import (customer_id, author_id);
create index user_import_by_age on user_import (expires_at);
call fence('user_import');
grant select, insert, delete, update (state, sends_notices) on user_import to portal_app;
grant select, update, delete on user_import to portal_operator;

-- Users of an import whose opening notice has not gone out yet: they do in parts.
create table user_import_notice (
  customer_id uuid not null,
  user_id uuid not null,
  import_id uuid not null,
  primary key (customer_id, user_id),
  constraint user_import_notice_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index user_import_notice_of_import on user_import_notice (import_id);
call fence('user_import_notice');
grant select, insert, delete on user_import_notice to portal_operator;

-- What administrators do one by one, an import does as the operator's role.
grant delete on user_group_member to portal_operator;
grant insert, update (given) on address_budget to portal_operator;
grant insert on address_clash, mail_change to portal_operator;

-- Hands an import to the worker, in the transaction that confirms it.
create function enqueue_user_import(import_id uuid) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('apply-user-import', json_build_object('import', import_id), max_attempts := 5);
end $$;
grant execute on function enqueue_user_import(uuid) to portal_app;

-- Files that are tried first and then done as a whole: of users, and of the settings of a line.
alter table user_import rename to file_import;
alter table file_import rename constraint user_import_pkey to file_import_pkey;
alter table file_import rename constraint user_import_author to file_import_author;
alter table file_import rename constraint user_import_customer_id_fkey to file_import_customer_id_fkey;
alter table file_import rename constraint user_import_state_check to file_import_state_check;
alter index user_import_of_author rename to file_import_of_author;
alter index user_import_by_age rename to file_import_by_age;
alter table file_import
  add column kind text not null default 'users' check (kind in ('users', 'extensions', 'numbers', 'call-groups', 'phone-book')),
  -- Whose settings it is about.
  add column contract_id uuid,
  -- The change of settings that it has become.
  add column change_id bigint,
  add constraint file_import_contract foreign key (customer_id, contract_id) references contract (customer_id, id),
  add constraint file_import_of_line check ((kind = 'users') = (contract_id is null));
create index file_import_of_contract on file_import (customer_id, contract_id) where contract_id is not null;
-- What is small is done while its author waits.
grant update (plan, done, faults, finished_at, change_id) on file_import to portal_app;

-- Hands a file of settings to the worker, in the transaction that confirms it.
create function enqueue_line_import(import_id uuid) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('apply-line-import', json_build_object('import', import_id), max_attempts := 5);
end $$;
grant execute on function enqueue_line_import(uuid) to portal_app;

-- How a change came about, whichever part of the site makes it.
alter table pbx.change drop constraint change_origin_check;
alter table pbx.change add constraint change_origin_check
  check (origin in ('form', 'csv', 'copy', 'reservation', 'undo', 'operator'));

-- Beside the primary key nothing else begins with the line: as long as the table is small, a plan made for a key that leads here would
-- take that instead, be kept, and read the whole line for each row of a file that makes it large.
alter table pbx.inside_number drop constraint inside_number_of_contract;
alter table pbx.inside_number add constraint inside_number_of_contract unique (id, contract_id, customer_id);

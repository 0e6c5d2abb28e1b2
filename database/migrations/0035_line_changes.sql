-- What somebody did to a line in one step, and the rows it changed, whole. History and undo come from these alone.
create sequence pbx.change_id;
create table pbx.change (
  customer_id uuid,
  contract_id uuid,
  -- Drawn first, and written last: what has changed nothing leaves no change behind.
  id bigint,
  at timestamptz not null,
  -- Null: the operator.
  actor_id uuid,
  actor_name text not null,
  action text not null,
  -- The number it was about, as it was then; empty: of several.
  subject text not null default '',
  origin text not null check (origin in ('form', 'undo', 'operator')),
  -- The change that it takes back.
  undoes bigint,
  primary key (customer_id, contract_id, id),
  constraint change_line foreign key (customer_id, contract_id) references pbx.line,
  constraint change_undoes foreign key (customer_id, contract_id, undoes) references pbx.change,
  constraint change_undone_once unique (customer_id, contract_id, undoes)
);
create table pbx.changed_row (
  customer_id uuid,
  contract_id uuid,
  change_id bigint,
  place bigint generated always as identity,
  relation text not null,
  -- Null: there was none, or there is none any more.
  before jsonb,
  after jsonb,
  primary key (customer_id, contract_id, change_id, place),
  constraint changed_row_change foreign key (customer_id, contract_id, change_id) references pbx.change
    deferrable initially deferred
);
call pbx.fence('pbx.change');
call pbx.fence('pbx.changed_row');

-- Nobody changes what has been done, nor writes the rows: the trigger does.
grant usage on sequence pbx.change_id to portal_app, portal_operator;
grant select, insert on pbx.change to portal_app, portal_operator;
grant select on pbx.changed_row to portal_app, portal_operator;
grant delete on pbx.change, pbx.changed_row to portal_operator;
grant insert on pbx.changed_row to portal_door;
create policy of_the_door on pbx.changed_row for insert to portal_door with check (true);

set local role portal_door;
-- Keeps each row of settings that changes with the change under way, `pbx.change`. Outside of one nobody can write settings.
create function door.capture_settings() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  change constant bigint := nullif(current_setting('pbx.change', true), '')::bigint;
  -- Versions count writes, and keywords follow from the rest.
  earlier constant jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - '{search,version}'::text[] end;
  later constant jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - '{search,version}'::text[] end;
begin
  if change is null then
    raise exception 'the settings of a line are changed within a change only';
  end if;
  if earlier is distinct from later then
    insert into pbx.changed_row (customer_id, contract_id, change_id, relation, before, after)
      values ((coalesce(later, earlier) ->> 'customer_id')::uuid, (coalesce(later, earlier) ->> 'contract_id')::uuid, change,
        tg_table_name, earlier - '{customer_id,contract_id}'::text[], later - '{customer_id,contract_id}'::text[]);
  end if;
  return null;
end $$;
grant execute on function door.capture_settings() to session_user;
reset role;

create procedure pbx.captured(relation regclass) language plpgsql as $$
begin
  execute format('create trigger capture after insert or update or delete on %s
    for each row execute function door.capture_settings()', relation);
end $$;
call pbx.captured('pbx.inside_number');
call pbx.captured('pbx.calendar');
call pbx.captured('pbx.calendar_slot');
call pbx.captured('pbx.calendar_day');
call pbx.captured('pbx.external_number');
call pbx.captured('pbx.extension');
call pbx.captured('pbx.call_group');
call pbx.captured('pbx.call_group_member');
call pbx.captured('pbx.forward');

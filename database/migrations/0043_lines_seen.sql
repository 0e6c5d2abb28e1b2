-- What the portal tells of the settings of several contracts at once. Behind the fence of settings one contract is seen at a time:
-- these functions look into all of the transaction's customer, and are given the contracts that the reader may see.

create policy read_by_the_door on pbx.external_number for select to portal_door using (true);
create policy read_by_the_door on pbx.extension for select to portal_door using (true);
create policy read_by_the_door on pbx.inside_number for select to portal_door using (true);
grant select (attention) on pbx.line to portal_door;
grant select (customer_id, contract_id, number, id, memo, ended_on) on pbx.external_number to portal_door;
grant select (customer_id, contract_id, number, name, search) on pbx.extension to portal_door;
grant select (customer_id, contract_id, number, id) on pbx.inside_number to portal_door;

set local role portal_door;

create function door.lines_of(contracts uuid[]) returns table (contract_id uuid, attention integer)
  language sql stable security definer rows 100 set search_path = pg_catalog, public, pg_temp
begin atomic
  select l.contract_id, l.attention from pbx.line l where l.customer_id = app_customer() and l.contract_id = any(contracts);
end;

-- The telephone numbers and extensions that hold every term, of the contracts that the scope given lets be seen; `most` of them.
create function door.find_telephones(terms text[], sees_all boolean, services uuid[], contracts uuid[], most integer)
  returns table (contract_id uuid, kind text, id uuid, number text, name text)
  language plpgsql stable security definer rows 20
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  customer constant uuid := app_customer();
  patterns constant text[] := array(select search_pattern(term) from unnest(terms) term);
begin
  return query
    with seen as materialized (
      select c.id from contract c where c.customer_id = customer and c.ended_on is null
        and (sees_all or c.service_id = any(services) or c.id = any(contracts))
    )
    select found.contract_id, found.kind, found.id, found.number, found.name from (
      (select n.contract_id, 'number' as kind, n.id, n.number, n.memo as name from pbx.external_number n
        where n.customer_id = customer and n.ended_on is null and fold_search(n.number || E'\n' || n.memo) like all (patterns)
          and n.contract_id in (select s.id from seen s)
        order by n.number limit most)
      union all
      (select e.contract_id, 'extension', i.id, e.number, e.name from pbx.extension e
        join pbx.inside_number i on i.customer_id = e.customer_id and i.contract_id = e.contract_id and i.number = e.number
        where e.customer_id = customer and e.search like all (patterns) and e.contract_id in (select s.id from seen s)
        order by e.number limit most)
    ) found limit most;
end $$;

grant execute on function door.lines_of(uuid[]), door.find_telephones(text[], boolean, uuid[], uuid[], integer) to portal_app;
reset role;

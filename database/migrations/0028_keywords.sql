-- The pairs of letters say whose they are. The customer beside them, in a way that uses no index: the planner read the index of all
-- of a customer's contracts with that of the pairs, for nothing. And no more than `most` are found, where more are not wanted.
set local role portal_door;
drop function door.find_contracts(text[], boolean, uuid[], uuid[]);
create function door.find_contracts(terms text[], sees_all boolean, services uuid[], contracts uuid[], most integer default null)
  returns table (id uuid, status public.contract_status, urgency smallint, number text, group_number text, service_id uuid, site_id uuid)
  language plpgsql stable security definer rows 1000
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  customer constant uuid := app_customer();
  patterns constant text[] := array(select search_pattern(term) from unnest(terms) term);
  wanted constant bigint[] := array(select distinct unnest(search_grams(customer, fold_search(term))) from unnest(terms) term);
begin
  if cardinality(wanted) > 0 then
    return query select c.id, c.status, c.urgency, c.number, c.group_number, c.service_id, c.site_id from contract c
      where c.customer_id is not distinct from customer and search_grams(c.customer_id, c.search) @> (select wanted)
        and c.search like all (patterns)
        and c.ended_on is null and (sees_all or c.service_id = any(services) or c.id = any(contracts))
      limit most;
  else
    return query select c.id, c.status, c.urgency, c.number, c.group_number, c.service_id, c.site_id from contract c
      where c.customer_id = customer and c.search like all (patterns)
        and c.ended_on is null and (sees_all or c.service_id = any(services) or c.id = any(contracts))
      limit most;
  end if;
end $$;
grant execute on function door.find_contracts(text[], boolean, uuid[], uuid[], integer) to portal_app;
reset role;

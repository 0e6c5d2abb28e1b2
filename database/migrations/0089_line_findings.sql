-- What the settings check finds in a line that needs a remedy, kept with each change beside its count: so that what is found in all of
-- a customer's lines is read, and not looked for.
create table pbx.line_finding (
  customer_id uuid,
  contract_id uuid,
  kind text not null,
  about text not null,
  -- Of a calendar the name.
  number text not null,
  -- Of the page on which it is mended.
  id uuid not null,
  -- The numbers that it leads through, or names.
  path text[] not null,
  -- Of an extension or a group.
  name text not null,
  primary key (customer_id, contract_id, kind, id, path),
  constraint line_finding_line foreign key (customer_id, contract_id) references pbx.line
);
call pbx.fence('pbx.line_finding');
grant select, insert, update (number, name), delete on pbx.line_finding to portal_app, portal_operator;

create policy checked_by_the_door on pbx.line_finding for select to portal_door using (true);
create policy checked_by_the_door on pbx.call_group_member for select to portal_door using (true);
create policy checked_by_the_door on pbx.call_group for select to portal_door using (true);
create policy checked_by_the_door on pbx.forward for select to portal_door using (true);
create policy checked_by_the_door on pbx.calendar for select to portal_door using (true);
create policy checked_by_the_door on pbx.calendar_day for select to portal_door using (true);
grant select on pbx.line_finding to portal_door;
grant select (time_zone) on pbx.line to portal_door;
grant select (target, closed_inside, calendar_id) on pbx.external_number to portal_door;
grant select (is_enabled) on pbx.extension to portal_door;
grant select (customer_id, contract_id, extension) on pbx.call_group_member to portal_door;
grant select (customer_id, contract_id, number, then_inside) on pbx.call_group to portal_door;
grant select (customer_id, contract_id, extension, to_inside) on pbx.forward to portal_door;
grant select (customer_id, contract_id, id, name, override_until) on pbx.calendar to portal_door;
grant select (customer_id, contract_id, calendar_id, day) on pbx.calendar_day to portal_door;

set local role portal_door;
-- All that the settings check finds in these contracts, which the reader may see: what needs a remedy as it was kept, and the remarks
-- in the words of features/line-checks/findings.ts.
create function door.findings_of(contracts uuid[], moment timestamptz)
  returns table (contract_id uuid, kind text, about text, number text, id uuid, path text[], name text)
  language plpgsql stable security definer rows 1000
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  customer constant uuid := app_customer();
begin
  return query
  with reached as materialized (
    select n.contract_id, n.target as number from pbx.external_number n
      where n.customer_id = customer and n.contract_id = any(contracts) and n.target is not null
    union all select n.contract_id, n.closed_inside from pbx.external_number n
      where n.customer_id = customer and n.contract_id = any(contracts) and n.closed_inside is not null
    union all select m.contract_id, m.extension from pbx.call_group_member m
      where m.customer_id = customer and m.contract_id = any(contracts)
    union all select g.contract_id, g.then_inside from pbx.call_group g
      where g.customer_id = customer and g.contract_id = any(contracts) and g.then_inside is not null
    union all select f.contract_id, f.to_inside from pbx.forward f
      join pbx.extension e on e.customer_id = f.customer_id and e.contract_id = f.contract_id and e.number = f.extension
      where f.customer_id = customer and f.contract_id = any(contracts) and f.to_inside is not null and e.is_enabled
  ), unreached as materialized (
    select e.contract_id, e.number, e.name, i.id from pbx.extension e
    join pbx.inside_number i on i.customer_id = e.customer_id and i.contract_id = e.contract_id and i.number = e.number
    where e.customer_id = customer and e.contract_id = any(contracts) and e.is_enabled
      and not exists (select from reached r where r.contract_id = e.contract_id and r.number = e.number)
  )
  select f.contract_id, f.kind, f.about, f.number, f.id, f.path, f.name from pbx.line_finding f
    where f.customer_id = customer and f.contract_id = any(contracts)
  union all
  select u.contract_id, 'extension-unreached', 'extension', u.number, u.id, '{}'::text[], u.name from unreached u
  union all
  select c.contract_id, 'override-lasts', 'calendar', c.name, c.id, '{}'::text[], '' from pbx.calendar c
    where c.customer_id = customer and c.contract_id = any(contracts) and c.override_until > moment + interval '1 day'
  union all
  select c.contract_id, 'holidays-unset', 'calendar', c.name, c.id, '{}'::text[], '' from pbx.calendar c
    join pbx.line l on l.customer_id = c.customer_id and l.contract_id = c.contract_id
    where c.customer_id = customer and c.contract_id = any(contracts)
      and extract(month from moment at time zone l.time_zone) >= 10
      and exists (select from pbx.external_number n
        where n.customer_id = c.customer_id and n.contract_id = c.contract_id and n.calendar_id = c.id)
      and not exists (select from pbx.calendar_day d
        where d.customer_id = c.customer_id and d.contract_id = c.contract_id and d.calendar_id = c.id
          and extract(year from d.day) = extract(year from moment at time zone l.time_zone) + 1);
end $$;
grant execute on function door.findings_of(uuid[], timestamptz) to portal_app;
reset role;

-- Finding contracts by parts of words. Two characters are the normal length of a Japanese word, and have no trigram: the
-- index holds every pair of neighbours, mixed with the customer, so that one customer's search reads no other's entries.

create function fold_search(given text) returns text language plpgsql immutable strict parallel safe as $$
declare
  folded constant text := lower(normalize(given, nfkc));
begin
  -- Few texts need it, and it looks up each letter in the whole of the list.
  if folded !~ '[-‐‑‒–−ぁ-ゞ]' then return folded; end if;
  return translate(folded,
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ-‐‑‒–−',
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ');
end $$;
comment on function fold_search is 'As fold_text, and hiragana become katakana, hyphens nothing: how keywords are compared.';

-- A term as a pattern of LIKE.
create function search_pattern(term text) returns text language sql immutable strict parallel safe
  return '%' || regexp_replace(fold_search(term), '([\\%_])', '\\\1', 'g') || '%';

-- Every pair of neighbours, as a number mixed with the customer.
create function search_grams(customer uuid, folded text) returns bigint[] language plpgsql immutable strict parallel safe as $$
declare
  seed constant bigint := hashtextextended(customer::text, 0);
  letters constant text[] := string_to_array(folded, null);
  grams bigint[] := '{}';
begin
  for place in 1 .. cardinality(letters) - 1 loop
    grams[place] := hashtextextended(letters[place] || letters[place + 1], seed);
  end loop;
  return grams;
end $$;
grant execute on function fold_search(text), search_pattern(text), search_grams(uuid, text)
  to portal_app, portal_operator, portal_door;

-- What is searched: number, group number, service in both languages, site and memo, folded, a line each.
alter table contract add column search text not null default '';

create function fill_contract_search() returns trigger language plpgsql as $$
begin
  new.search := fold_search(concat_ws(E'\n', new.number, new.group_number,
    (select name_ja || E'\n' || name_en from service where id = new.service_id),
    (select name from site where customer_id = new.customer_id and id = new.site_id), new.memo));
  return new;
end $$;
create trigger fill_contract_search before insert or update of number, group_number, service_id, site_id, memo on contract
  for each row execute function fill_contract_search();

create function refill_search_of_service() returns trigger language plpgsql as $$
begin
  update contract set memo = memo where service_id = new.id;
  return null;
end $$;
create trigger refill_search_of_service after update of name_ja, name_en on service for each row
  when ((old.name_ja, old.name_en) is distinct from (new.name_ja, new.name_en))
  execute function refill_search_of_service();

create function refill_search_of_site() returns trigger language plpgsql as $$
begin
  update contract set memo = memo where customer_id = new.customer_id and site_id = new.id;
  return null;
end $$;
create trigger refill_search_of_site after update of name on site for each row
  when (old.name is distinct from new.name) execute function refill_search_of_site();

create index contract_search on contract using gin (search_grams(customer_id, search));
-- "Worst first" within one service: what a user may see is put together from these.
create index contract_of_service_worst_first on contract (customer_id, service_id, urgency, number, id);
drop index contract_of_service;

-- The contracts of the transaction's customer that hold every term and that the scope given lets be seen. Behind the
-- fence of portal_app no index would be used, because neither LIKE nor array containment is leakproof.
-- The planner does not see the pairs that are looked for: where every contract holds them it would read the whole table, and
-- work out the pairs of each row anew.
set local role portal_door;
create function door.find_contracts(terms text[], sees_all boolean, services uuid[], contracts uuid[])
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
      where c.customer_id = customer and search_grams(c.customer_id, c.search) @> (select wanted)
        and c.search like all (patterns)
        and c.ended_on is null and (sees_all or c.service_id = any(services) or c.id = any(contracts));
  else
    return query select c.id, c.status, c.urgency, c.number, c.group_number, c.service_id, c.site_id from contract c
      where c.customer_id = customer and c.search like all (patterns)
        and c.ended_on is null and (sees_all or c.service_id = any(services) or c.id = any(contracts));
  end if;
end $$;
grant execute on function door.find_contracts(text[], boolean, uuid[], uuid[]) to portal_app;
reset role;

create policy of_the_door on contract for select to portal_door using (true);
grant select (id, customer_id, status, urgency, number, group_number, service_id, site_id, search, ended_on) on contract to portal_door;

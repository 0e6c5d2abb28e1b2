-- The fence between customers. Three roles meet here, made by `operator init-database`:
--   portal_owner     owns every table and runs the migrations; forced row security hides all rows from it too
--   portal_app       what answers requests: owns nothing, sees the rows of one customer, or none
--   portal_operator  command line and worker: sees every customer by policies of its own
-- and a fourth, portal_door, that nobody can log in as: it owns the few functions that must find something
-- before the customer is known.

create schema door authorization portal_door;
grant usage on schema public to portal_app, portal_operator, portal_door;
alter default privileges revoke execute on functions from public;
set local role portal_door;
alter default privileges revoke execute on functions from public;
grant usage on schema door to portal_app;
reset role;

-- Whom this transaction works for. Unset or empty means: nobody, so no row is visible.
create function app_customer() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.customer', true), '')::uuid;
create function app_user() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.user', true), '')::uuid;
grant execute on function app_customer(), app_user() to portal_app, portal_operator, portal_door;

create procedure fence(relation regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', relation);
  execute format('alter table %s force row level security', relation);
  execute format('create policy of_the_customer on %s to portal_app
    using (customer_id = app_customer()) with check (customer_id = app_customer())', relation);
  execute format('create policy of_the_operator on %s to portal_operator using (true) with check (true)', relation);
end $$;

create function fold_text(given text) returns text language sql immutable strict parallel safe
  return lower(normalize(given, nfkc));
comment on function fold_text is 'NFKC and lower case: how names and mail addresses are compared.';
grant execute on function fold_text(text) to portal_app, portal_operator, portal_door;

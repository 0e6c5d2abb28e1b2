-- 開通案内 carries files of the staff's. One that was taken away keeps its name and size, and nothing else.

create policy of_the_door on attachment to portal_door using (about = 'order') with check (about = 'order');
create policy of_the_door on attachment_part for delete to portal_door
  using (exists (select from attachment a where a.customer_id = attachment_part.customer_id and a.id = attachment_id and a.about = 'order'));
create policy read_by_the_door on attachment_part for select to portal_door using (true);
grant select (customer_id, id, about, about_id, state), update (state) on attachment to portal_door;
grant select (customer_id, attachment_id), delete on attachment_part to portal_door;

set local role portal_door;
-- Takes files of an order of the named customer away; answers how many.
create function door.remove_order_files(of_order uuid, files uuid[]) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  removed uuid[];
begin
  with gone as (
    update attachment set state = 'removed'
    where customer_id = app_customer() and about = 'order' and about_id = of_order and id = any(files) and state <> 'removed' returning id)
  select array_agg(id) into removed from gone;
  delete from attachment_part where customer_id = app_customer() and attachment_id = any(removed);
  return coalesce(cardinality(removed), 0);
end $$;
grant execute on function door.remove_order_files(uuid, uuid[]) to portal_staff;
reset role;

-- Who could see what at a moment depends on the periods of use, too: they are recorded with the user. Those that were set before are
-- not known of the time before.
alter table user_record add column begins_on date, add column ends_on date;
set local role portal_door;
create or replace function door.record_users() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  changed uuid[];
begin
  if tg_op = 'INSERT' then
    insert into user_record (customer_id, id, name, kana, mail, role, state, begins_on, ends_on, since)
      select customer_id, id, name, kana, mail, role, state, begins_on, ends_on, now() from later;
  else
    select array_agg(l.id) into changed from later l join earlier e on e.id = l.id
      where (l.name, l.kana, l.mail, l.role, l.state, l.begins_on, l.ends_on)
        is distinct from (e.name, e.kana, e.mail, e.role, e.state, e.begins_on, e.ends_on);
    if changed is not null then
      with ended as (
        update user_record set until = greatest(since, now()) where id = any(changed) and until = 'infinity' returning id, until)
      insert into user_record (customer_id, id, name, kana, mail, role, state, begins_on, ends_on, since)
        select l.customer_id, l.id, l.name, l.kana, l.mail, l.role, l.state, l.begins_on, l.ends_on, e.until
        from ended e join later l on l.id = e.id;
    end if;
  end if;
  return null;
end $$;
reset role;

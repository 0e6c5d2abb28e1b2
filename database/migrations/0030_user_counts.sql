-- Where a user stands in a list, trouble first, as a number: comparing an enum is not leakproof, so that behind the fence it uses
-- no index and is estimated blindly. Null: deleted. 0 is for who is locked for now, which follows from the access history.
alter table portal_user add column urgency smallint generated always as (case state
  when 'awaiting-registration' then 1 when 'suspended' then 2 when 'active' then 3 end) stored;
create index portal_user_in_order on portal_user (customer_id, urgency, name, id) where urgency is not null;
create index portal_user_by_name on portal_user (customer_id, name, mail) where urgency is not null;

-- How many users a customer has of each role in each state: a list must not read thousands to count them. Rows about the same
-- are added up. Whoever writes adds a row and puts together those that nobody else holds, so nobody waits and nothing deadlocks.
create table user_count (
  id bigint generated always as identity primary key,
  customer_id uuid not null references customer,
  role user_role not null,
  state user_state not null,
  users integer not null
);
create index user_count_of_customer on user_count (customer_id);
call fence('user_count');
grant select, insert, delete, update (users) on user_count to portal_app, portal_operator;

create function fold_user_counts(customer uuid) returns void language sql as $$
  with former as (
    delete from user_count where id in (select id from user_count where customer_id = customer for update skip locked)
    returning customer_id, role, state, users)
  insert into user_count (customer_id, role, state, users)
    select customer_id, role, state, sum(users) from former group by 1, 2, 3 having sum(users) <> 0
$$;
grant execute on function fold_user_counts(uuid) to portal_app, portal_operator;

create function count_new_users() returns trigger language plpgsql as $$
begin
  insert into user_count (customer_id, role, state, users)
    select customer_id, role, state, count(*) from new_user where state <> 'deleted' group by 1, 2, 3;
  perform fold_user_counts(customer_id) from (select distinct customer_id from new_user) each_customer;
  return null;
end $$;

create function recount_changed_users() returns trigger language plpgsql as $$
begin
  insert into user_count (customer_id, role, state, users)
    select customer_id, role, state, sum(difference) from (
      select customer_id, role, state, 1 as difference from new_user where state <> 'deleted'
      union all
      select customer_id, role, state, -1 from old_user where state <> 'deleted') each_row
    group by 1, 2, 3 having sum(difference) <> 0;
  if found then
    perform fold_user_counts(customer_id) from (select distinct customer_id from new_user) each_customer;
  end if;
  return null;
end $$;

create trigger count_new_users after insert on portal_user
  referencing new table as new_user for each statement execute function count_new_users();
create trigger recount_changed_users after update on portal_user
  referencing old table as old_user new table as new_user for each statement execute function recount_changed_users();

set local role portal_operator;
insert into user_count (customer_id, role, state, users)
  select customer_id, role, state, count(*) from portal_user where state <> 'deleted' group by 1, 2, 3;
reset role;

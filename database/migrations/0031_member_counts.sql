-- How many members each group has, kept as users are counted: rows about the same group are added up.
create table user_group_member_count (
  id bigint generated always as identity primary key,
  customer_id uuid not null,
  user_group_id uuid not null,
  members integer not null,
  constraint user_group_member_count_group foreign key (customer_id, user_group_id) references user_group (customer_id, id) on delete cascade
);
create index user_group_member_count_of_group on user_group_member_count (customer_id, user_group_id);
call fence('user_group_member_count');
grant select, insert, delete, update (members) on user_group_member_count to portal_app, portal_operator;

create function fold_member_counts(customer uuid, user_group uuid) returns void language sql as $$
  with former as (
    delete from user_group_member_count where id in (
      select id from user_group_member_count where customer_id = customer and user_group_id = user_group for update skip locked)
    returning customer_id, user_group_id, members)
  insert into user_group_member_count (customer_id, user_group_id, members)
    select customer_id, user_group_id, sum(members) from former group by 1, 2 having sum(members) <> 0
$$;
grant execute on function fold_member_counts(uuid, uuid) to portal_app, portal_operator;

-- Its argument is what a row of `changed` counts. Of a group that is deleted its members are not counted any more.
create function count_members() returns trigger language plpgsql as $$
begin
  insert into user_group_member_count (customer_id, user_group_id, members)
    select c.customer_id, c.user_group_id, count(*) * tg_argv[0]::integer
    from changed c join user_group g on g.customer_id = c.customer_id and g.id = c.user_group_id group by 1, 2;
  perform fold_member_counts(customer_id, user_group_id)
    from (select distinct customer_id, user_group_id from changed) each_group;
  return null;
end $$;

create trigger count_new_members after insert on user_group_member
  referencing new table as changed for each statement execute function count_members('1');
create trigger count_lost_members after delete on user_group_member
  referencing old table as changed for each statement execute function count_members('-1');

set local role portal_operator;
insert into user_group_member_count (customer_id, user_group_id, members)
  select customer_id, user_group_id, count(*) from user_group_member group by 1, 2;
reset role;

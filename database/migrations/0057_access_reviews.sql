-- Who could see what at any moment: each user, group, membership and right is recorded with the time in which it was so. Triggers
-- alone write the records, whoever changes what they are of: the portal, an import, a job or a superuser.
-- A record holds from `since` on and before `until`, which are the moments at which the transactions of the changes began. Where
-- two overlap, what was written over at once holds for no time at all. Records outlive what they are of: they refer to nothing but
-- the customer, and have the names of their time.

create table user_record (
  record_id bigint generated always as identity primary key,
  customer_id uuid not null references customer,
  -- Of the user.
  id uuid not null,
  name text not null,
  kana text not null,
  mail text not null,
  role user_role not null,
  state user_state not null,
  since timestamptz not null,
  until timestamptz not null default 'infinity',
  constraint user_record_in_order check (since <= until)
);
create unique index user_record_in_force on user_record (id) where until = 'infinity';
create index user_record_at on user_record (customer_id, until);
call fence('user_record');

create table user_group_record (
  record_id bigint generated always as identity primary key,
  customer_id uuid not null references customer,
  -- Of the group.
  id uuid not null,
  number text not null,
  name text not null,
  is_automatic boolean not null,
  since timestamptz not null,
  until timestamptz not null default 'infinity',
  constraint user_group_record_in_order check (since <= until)
);
create unique index user_group_record_in_force on user_group_record (id) where until = 'infinity';
create index user_group_record_at on user_group_record (customer_id, until);
call fence('user_group_record');

create table membership_record (
  record_id bigint generated always as identity primary key,
  customer_id uuid not null references customer,
  user_group_id uuid not null,
  user_id uuid not null,
  since timestamptz not null,
  until timestamptz not null default 'infinity',
  constraint membership_record_in_order check (since <= until)
);
create unique index membership_record_in_force on membership_record (user_group_id, user_id) where until = 'infinity';
create index membership_record_at on membership_record (customer_id, until);
call fence('membership_record');

create table right_record (
  record_id bigint generated always as identity primary key,
  customer_id uuid not null references customer,
  -- Of the rule.
  id uuid not null,
  user_group_id uuid not null,
  -- As in user_group_right: both null for all services.
  service_id uuid,
  contract_id uuid,
  -- Of the contract.
  contract_number text,
  level right_level not null,
  since timestamptz not null,
  until timestamptz not null default 'infinity',
  constraint right_record_in_order check (since <= until)
);
create unique index right_record_in_force on right_record (id) where until = 'infinity';
create index right_record_at on right_record (customer_id, until);
call fence('right_record');

-- An administrator has looked at who may see what, and stands for it.
create table access_review (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  -- What was looked at: the state of this moment.
  as_of timestamptz not null,
  closed_at timestamptz not null,
  closed_by uuid not null,
  -- Kept when the user is deleted.
  closed_by_name text not null,
  note text not null check (char_length(note) <= 500),
  users integer not null,
  user_groups integer not null,
  rights integer not null,
  -- How many were found that should be looked at.
  findings integer not null,
  -- Of the rows in their order, each as PostgreSQL writes its JSON, with a line feed behind it.
  sha256 bytea not null check (length(sha256) = 32),
  constraint access_review_of_customer unique (customer_id, id),
  -- Sent twice, it is closed once.
  constraint access_review_closed_once unique (customer_id, as_of, closed_by),
  constraint access_review_user foreign key (customer_id, closed_by) references portal_user (customer_id, id)
);
create index access_review_newest on access_review (customer_id, closed_at desc);
create index access_review_by_user on access_review (customer_id, closed_by);
create index access_review_by_age on access_review (closed_at);
call fence('access_review');

-- What was looked at, row for row. Kept apart from the records: a review shows the same when these and the histories are gone.
create table access_review_row (
  customer_id uuid not null,
  review_id uuid not null,
  kind text not null check (kind in ('user', 'user-group', 'right')),
  -- From 1 in each kind.
  position integer not null,
  told jsonb not null,
  primary key (customer_id, review_id, kind, position),
  constraint access_review_row_review foreign key (customer_id, review_id) references access_review (customer_id, id)
);
call fence('access_review_row');

-- When somebody last made use of a right to edit.
create index change_history_of_editing on change_history (customer_id, actor_id, at desc)
  where action in ('contract-memo-changed', 'line-settings-changed');

grant select on user_record, user_group_record, membership_record, right_record to portal_app, portal_operator;
grant select, insert on access_review, access_review_row to portal_app, portal_operator;

-- All that is known of the time before is what there is now.
grant insert on user_record, user_group_record, membership_record, right_record to portal_operator;
set local role portal_operator;
insert into user_record (customer_id, id, name, kana, mail, role, state, since)
  select customer_id, id, name, kana, mail, role, state, now() from portal_user;
insert into user_group_record (customer_id, id, number, name, is_automatic, since)
  select customer_id, id, number, name, is_automatic, now() from user_group;
insert into membership_record (customer_id, user_group_id, user_id, since)
  select customer_id, user_group_id, user_id, now() from user_group_member;
insert into right_record (customer_id, id, user_group_id, service_id, contract_id, contract_number, level, since)
  select x.customer_id, x.id, x.user_group_id, x.service_id, x.contract_id, k.number, x.level, now()
  from user_group_right x left join contract k on k.id = x.contract_id;
reset role;
revoke insert on user_record, user_group_record, membership_record, right_record from portal_operator;

-- Not even the door changes what is over, or removes what is young.
do $$
declare
  record text;
begin
  foreach record in array array['user_record', 'user_group_record', 'membership_record', 'right_record'] loop
    execute format('create policy of_the_door on %I for select to portal_door using (true)', record);
    execute format('create policy begun_by_triggers on %I for insert to portal_door with check (true)', record);
    execute format($policy$create policy ended_once on %I for update to portal_door using (until = 'infinity') with check (true)$policy$, record);
    execute format($policy$create policy removed_when_old on %I for delete to portal_door using (until < now() - interval '2 years')$policy$, record);
  end loop;
end $$;
grant select, insert, update (since, until), delete on user_record, user_group_record, membership_record, right_record to portal_door;
create policy removed_when_old on access_review for delete to portal_door using (closed_at < now() - interval '2 years');
create policy of_the_door on access_review for select to portal_door using (true);
create policy removed_when_old on access_review_row for delete to portal_door using (exists (
  select from access_review r where r.id = review_id and r.closed_at < now() - interval '2 years'));
create policy of_the_door on access_review_row for select to portal_door using (true);
grant select, delete on access_review, access_review_row to portal_door;

set local role portal_door;

-- Each function ends the records in force of rows that were changed or removed, by their keys in an array: so each is found by an
-- index, however many or few there were when the plan was made. What stays the same leaves no record.
create function door.record_users() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  changed uuid[];
begin
  if tg_op = 'INSERT' then
    insert into user_record (customer_id, id, name, kana, mail, role, state, since)
      select customer_id, id, name, kana, mail, role, state, now() from later;
  else
    select array_agg(l.id) into changed from later l join earlier e on e.id = l.id
      where (l.name, l.kana, l.mail, l.role, l.state) is distinct from (e.name, e.kana, e.mail, e.role, e.state);
    if changed is not null then
      with ended as (
        update user_record set until = greatest(since, now()) where id = any(changed) and until = 'infinity' returning id, until)
      insert into user_record (customer_id, id, name, kana, mail, role, state, since)
        select l.customer_id, l.id, l.name, l.kana, l.mail, l.role, l.state, e.until from ended e join later l on l.id = e.id;
    end if;
  end if;
  return null;
end $$;

create function door.record_user_groups() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  changed uuid[];
begin
  if tg_op = 'INSERT' then
    insert into user_group_record (customer_id, id, number, name, is_automatic, since)
      select customer_id, id, number, name, is_automatic, now() from later;
  elsif tg_op = 'DELETE' then
    select array_agg(id) into changed from earlier;
    update user_group_record set until = greatest(since, now()) where id = any(changed) and until = 'infinity';
  else
    select array_agg(l.id) into changed from later l join earlier e on e.id = l.id where l.name <> e.name;
    if changed is not null then
      with ended as (
        update user_group_record set until = greatest(since, now()) where id = any(changed) and until = 'infinity'
        returning id, until)
      insert into user_group_record (customer_id, id, number, name, is_automatic, since)
        select l.customer_id, l.id, l.number, l.name, l.is_automatic, e.until from ended e join later l on l.id = e.id;
    end if;
  end if;
  return null;
end $$;

create function door.record_memberships() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  user_groups uuid[];
  users uuid[];
begin
  if tg_op = 'INSERT' then
    insert into membership_record (customer_id, user_group_id, user_id, since)
      select customer_id, user_group_id, user_id, now() from later;
  else
    select array_agg(user_group_id), array_agg(user_id) into user_groups, users from earlier;
    update membership_record m set until = greatest(m.since, now())
      from unnest(user_groups, users) as gone (user_group_id, user_id)
      where m.user_group_id = gone.user_group_id and m.user_id = gone.user_id and m.until = 'infinity';
  end if;
  return null;
end $$;

create function door.record_rights() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  changed uuid[];
begin
  if tg_op = 'INSERT' then
    insert into right_record (customer_id, id, user_group_id, service_id, contract_id, contract_number, level, since)
      select l.customer_id, l.id, l.user_group_id, l.service_id, l.contract_id,
        (select number from contract k where k.id = l.contract_id), l.level, now() from later l;
  elsif tg_op = 'DELETE' then
    select array_agg(id) into changed from earlier;
    update right_record set until = greatest(since, now()) where id = any(changed) and until = 'infinity';
  else
    select array_agg(l.id) into changed from later l join earlier e on e.id = l.id where l.level <> e.level;
    if changed is not null then
      with ended as (
        update right_record set until = greatest(since, now()) where id = any(changed) and until = 'infinity'
        returning id, contract_number, until)
      insert into right_record (customer_id, id, user_group_id, service_id, contract_id, contract_number, level, since)
        select l.customer_id, l.id, l.user_group_id, l.service_id, l.contract_id, e.contract_number, l.level, e.until
        from ended e join later l on l.id = e.id;
    end if;
  end if;
  return null;
end $$;
grant execute on function door.record_users(), door.record_user_groups(), door.record_memberships(), door.record_rights() to session_user;

-- Removes what the operator need not keep any longer: records of what was over then, and reviews. It is kept as long as the
-- change history. A moment that is yet to come counts as now.
create function door.forget_old_access(moment timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  oldest constant timestamptz := least(moment, now()) - make_interval(years => (select change_history_years from operator));
begin
  delete from user_record where until < oldest;
  delete from user_group_record where until < oldest;
  delete from membership_record where until < oldest;
  delete from right_record where until < oldest;
  delete from access_review_row o using access_review r where r.id = o.review_id and r.closed_at < oldest;
  delete from access_review where closed_at < oldest;
end $$;

-- Lets what this transaction has recorded of customers that it has made itself have been so since an earlier moment. A customer
-- that was there before cannot be told anything of.
create function door.date_records_back(moment timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  made constant uuid[] := array(select id from customer where created_at = now());
begin
  update user_record set since = moment where customer_id = any(made) and since = now();
  update user_group_record set since = moment where customer_id = any(made) and since = now();
  update membership_record set since = moment where customer_id = any(made) and since = now();
  update right_record set since = moment where customer_id = any(made) and since = now();
end $$;
grant execute on function door.forget_old_access(timestamptz), door.date_records_back(timestamptz) to portal_operator;
reset role;

-- A user is never removed, and a membership never changed.
create trigger record_new_users after insert on portal_user
  referencing new table as later for each statement execute function door.record_users();
create trigger record_changed_users after update on portal_user
  referencing old table as earlier new table as later for each statement execute function door.record_users();
create trigger record_new_groups after insert on user_group
  referencing new table as later for each statement execute function door.record_user_groups();
create trigger record_changed_groups after update on user_group
  referencing old table as earlier new table as later for each statement execute function door.record_user_groups();
create trigger record_lost_groups after delete on user_group
  referencing old table as earlier for each statement execute function door.record_user_groups();
create trigger record_new_members after insert on user_group_member
  referencing new table as later for each statement execute function door.record_memberships();
create trigger record_lost_members after delete on user_group_member
  referencing old table as earlier for each statement execute function door.record_memberships();
create trigger record_new_rights after insert on user_group_right
  referencing new table as later for each statement execute function door.record_rights();
create trigger record_changed_rights after update on user_group_right
  referencing old table as earlier new table as later for each statement execute function door.record_rights();
create trigger record_lost_rights after delete on user_group_right
  referencing old table as earlier for each statement execute function door.record_rights();

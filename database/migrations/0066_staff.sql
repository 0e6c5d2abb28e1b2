-- Staff: the operator's own people, who work in the console. They are the users of one customer that the operator is to itself,
-- the house, so that login, factors, sessions and histories are those of everybody. What answers them is a role of its own:
--   portal_staff     sees the rows of every customer, and writes those of the customer alone that the transaction names

do $$ begin
  if not exists (select from pg_roles where rolname = 'portal_staff') then
    raise exception 'The role portal_staff is missing: run "npm run operator -- init-database" once more.';
  end if;
end $$;
grant usage on schema public, pbx to portal_staff;
set local role portal_door;
grant usage on schema door to portal_staff;
reset role;

create function house() returns uuid language sql immutable parallel safe
  return '00000000-0000-0000-0000-000000000001'::uuid;
grant execute on function house() to portal_app, portal_staff, portal_operator, portal_door;

alter table customer add column is_house boolean not null default false,
  add constraint customer_is_house check (is_house = (id = house()));

-- Whether whoever asks may find users of the customer by what people show: on the console nobody but those of the house, on the
-- customers' sites all but those. The login of the database tells which it is, so nobody can ask for the others.
create function is_of_this_site(customer uuid) returns boolean language sql stable parallel safe
  return (customer = house()) = (session_user = 'portal_staff');
grant execute on function is_of_this_site(uuid) to portal_app, portal_staff, portal_door;

create procedure staff_fence(relation regclass) language plpgsql as $$
begin
  -- What staff read is bound by nothing that changes from one request to the next: behind such a policy no index is of use to
  -- an operator that is not leakproof.
  execute format('create policy read_by_staff on %s for select to portal_staff using (true)', relation);
  execute format('create policy written_by_staff on %s for insert to portal_staff with check (customer_id = app_customer())', relation);
  execute format('create policy changed_by_staff on %s for update to portal_staff
    using (customer_id = app_customer()) with check (customer_id = app_customer())', relation);
  execute format('create policy removed_by_staff on %s for delete to portal_staff using (customer_id = app_customer())', relation);
end $$;

-- Of what proves who somebody is, staff see and write their own alone.
create procedure staff_identity_fence(relation regclass) language plpgsql as $$
begin
  execute format('create policy of_the_house on %s to portal_staff
    using (customer_id = house()) with check (customer_id = house())', relation);
end $$;

do $$
declare
  relation regclass;
begin
  foreach relation in array array['first_login', 'form_draft', 'hand_over', 'known_browser', 'look', 'mail_change', 'notice_read', 'pin',
    'recovery_code', 'selection', 'session', 'session_on_site', 'sign_in', 'trusted_browser', 'user_credential', 'user_import',
    'user_import_notice']::regclass[] loop
    call staff_identity_fence(relation);
  end loop;
end $$;

do $$
declare
  relation regclass;
begin
  for relation in
    select attrelid from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace in ('public'::regnamespace, 'pbx'::regnamespace) and relkind in ('r', 'p') and not relispartition
      and relrowsecurity and attname = 'customer_id' and relname <> 'access_history'
      and not exists (select from pg_policy where polrelid = attrelid and polname = 'of_the_house')
    order by attrelid
  loop
    call staff_fence(relation);
  end loop;
end $$;
-- Whoever is logged in, and until when, is seen of customers' users as well; never the hash of a cookie.
create policy read_by_staff on session for select to portal_staff using (true);
create policy read_by_staff on customer for select to portal_staff using (true);
create policy changed_by_staff on customer for update to portal_staff using (id = app_customer()) with check (id = app_customer());
create policy read_by_staff on access_history for select to portal_staff using (true);
create policy written_by_staff on access_history for insert to portal_staff
  with check (customer_id is not distinct from app_customer());

-- A member of staff by number, which is what customers read in place of a name: S-0042.
create table staff_member (
  customer_id uuid not null default house() check (customer_id = house()),
  user_id uuid primary key,
  number integer not null generated always as identity constraint staff_member_number_taken unique,
  constraint staff_member_of_house unique (customer_id, user_id),
  constraint staff_member_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
call fence('staff_member');
call staff_identity_fence('staff_member');

-- What a member may do beside reading, which everybody of the house may.
create table staff_role (
  customer_id uuid not null default house() check (customer_id = house()),
  user_id uuid not null,
  role text not null check (role in ('support', 'content', 'provisioning', 'security')),
  primary key (user_id, role),
  constraint staff_role_member foreign key (customer_id, user_id) references staff_member (customer_id, user_id)
);
create index staff_role_of_member on staff_role (customer_id, user_id);
call fence('staff_role');
call staff_identity_fence('staff_role');

-- Who of the staff looked at which customer.
create table staff_visit (
  id bigint generated always as identity primary key,
  -- Who was looked at.
  customer_id uuid not null references customer,
  at timestamptz not null,
  staff_id uuid not null constraint staff_visit_staff references staff_member,
  path text not null
);
create index staff_visit_of_customer on staff_visit (customer_id, at desc);
create index staff_visit_of_staff on staff_visit (staff_id, at desc);
create index staff_visit_by_age on staff_visit (at);
call fence('staff_visit');
call staff_fence('staff_visit');

-- What the staff note of a customer; the customer never reads it.
create table customer_note (
  customer_id uuid not null references customer,
  number integer not null,
  at timestamptz not null,
  staff_id uuid not null constraint customer_note_staff references staff_member,
  -- S-0042, as it was then.
  staff_name text not null,
  text text not null check (length(text) between 1 and 4000),
  primary key (customer_id, number)
);
create index customer_note_by_staff on customer_note (staff_id);
call fence('customer_note');
call staff_fence('customer_note');

grant select, insert on staff_member, staff_role to portal_operator;
grant delete on staff_role to portal_operator;
grant select, delete on staff_visit to portal_operator;
grant select on customer_note to portal_operator;
grant select on staff_member, staff_role to portal_staff;
grant select, insert on staff_visit, customer_note to portal_staff;

-- What staff read of all customers.
grant select on customer, site, contract, contract_count, incident, contract_order, ticket, notice, user_group, user_group_member,
  user_group_right, user_group_member_count, user_count, planned_membership, portal_user, access_history, change_history,
  change_history_checkpoint, code_budget, address_limit, address_clash, feedback, customer_logo,
  operator, service, service_category, site_state, job_pulse to portal_staff;
grant select (id, customer_id, user_id, recipient, kind, state, tries, last_tried_at, last_problem, created_at, expires_at, sent_at)
  on mail to portal_staff;
grant select (id, customer_id, user_id, credential_epoch, policy_epoch, second_factor, created_at, last_used_at, confirmed_at, ends_at, ip,
  browser, ended_at, end_reason, refused_at) on session to portal_staff;
grant select on pbx.line, pbx.external_number, pbx.extension to portal_staff;

-- What they write for others than themselves: histories, mails, tries that are given back.
grant insert on access_history, mail to portal_staff;
grant insert (customer_id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_name, before, after) on change_history
  to portal_staff;
grant insert, update (judged, mailed, unlocked) on code_budget to portal_staff;
grant select, insert, update (failures, locked_until, touched_at) on sign_in_guard to portal_staff;
grant update (mail, name, phone, state, second_factor, credential_epoch, last_sign_in_at, screen_language, theme, time_zone, version)
  on portal_user to portal_staff;
-- The counts of users follow by triggers.
grant insert, delete, update (users) on user_count to portal_staff;

-- What they log in with, which is of the house alone.
grant select on user_credential, recovery_code, sign_in, first_login, known_browser, trusted_browser, form_draft to portal_staff;
grant insert, update (password_hash, password_changed_at, totp_secret, totp_last_step, totp_refused_steps), delete on user_credential to portal_staff;
grant insert, update (used_at), delete on recovery_code to portal_staff;
grant insert, update (code_hash, code_mail_id, code_sent_at, code_expires_at, code_tries, codes_sent, finished_at, kept_form, form_sent_at, hints)
  on sign_in to portal_staff;
grant insert, update (identity_tries, browser_hash, password_hash, second_factor, totp_secret, recovery_codes, finished_at, ended_at, totp_tries)
  on first_login to portal_staff;
grant insert, update (last_sign_in_at), delete on known_browser to portal_staff;
grant delete on trusted_browser to portal_staff;
grant insert, update (fields, expires_at), delete on form_draft to portal_staff;
grant select (customer_id, session_id), delete on session_on_site to portal_staff;
grant insert, update (token_hash, credential_epoch, last_used_at, confirmed_at, ended_at, end_reason, refused_at) on session to portal_staff;
grant insert on first_login_request to portal_staff;
grant select, insert, update (asked, logged_in_at) on reissue_budget to portal_staff;

grant execute on function app_customer(), fold_text(text), fold_search(text), fold_words(text), with_ke(text), fold_keyword(text),
  search_pattern(text), search_grams(uuid, text), kana_order(text), idle_minutes_of(integer, integer),
  is_in_period(date, date, text, timestamptz), period_over_at(date, text),
  address_refuses(address_limit, boolean, boolean, inet, timestamptz), fold_user_counts(uuid),
  enqueue_mail(uuid), enqueue_first_login_request(uuid) to portal_staff;

-- Who changes what proves a customer's user can become that user. Staff correct what was written down wrongly of whoever has not
-- registered yet, and nothing else.
create function refuse_staff() returns trigger language plpgsql as $$
begin
  raise exception 'staff may not change this of a customer''s user' using errcode = 'insufficient_privilege';
end $$;
create trigger staff_change_little before update of mail, name, phone, state, second_factor on portal_user for each row
  when (session_user = 'portal_staff' and old.customer_id <> house()
    and (old.state <> 'awaiting-registration' or (new.state, new.second_factor) is distinct from (old.state, old.second_factor)))
  execute function refuse_staff();

-- Wishes of staff for a new URL are answered for them alone, and those of customers' users for these.
alter table first_login_request add column for_staff boolean not null default (session_user = 'portal_staff');
revoke insert on first_login_request from portal_app;
grant insert (id, login, created_at, is_dropped, ip) on first_login_request to portal_app;

alter table session drop constraint session_end_reason_check;
alter table session add constraint session_end_reason_check check (end_reason in ('signed-out', 'timed-out', 'ended-elsewhere',
  'password-changed', 'replaced', 'ended-by-administrator', 'ended-by-operator', 'period-over'));
alter table access_history drop constraint access_history_reason_check;
alter table access_history add constraint access_history_reason_check check (reason in ('wrong-password', 'wrong-code',
  'wrong-identity', 'locked', 'not-active', 'too-many-codes', 'code-expired', 'ended-elsewhere', 'password-changed', 'replaced',
  'ended-by-administrator', 'ended-by-operator', 'address-refused', 'period-over'));

create policy ended_by_the_door on session for update to portal_door using (true) with check (true);
grant update (ended_at, end_reason) on session to portal_door;

set local role portal_operator;
insert into customer (id, code, name, is_house, idle_minutes, may_shorten_idle)
  values (house(), '(house)', '(house)', true, 15, false);
reset role;

set local role portal_door;

-- As they were, but that each finds only whom the site of its login is for.
create or replace function door.enter_fence_by_session(token bytea, moment timestamptz, address inet, known bigint default null)
  returns table (id uuid, customer_id uuid, user_id uuid, state text, idle_ends_at timestamptz, ends_at timestamptz, last_used_at timestamptz,
    second_factor second_factor, confirmed_at timestamptz, trial_ends_at timestamptz, version bigint, over text)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  ended timestamptz;
  reason text;
  holds boolean;
  is_active boolean;
  is_refused boolean;
begin
  select s.id, s.customer_id, s.user_id, s.ends_at, s.last_used_at, s.second_factor, s.confirmed_at,
      s.last_used_at + make_interval(mins => idle_minutes_of(u.idle_minutes, c.idle_minutes)),
      s.ended_at, s.end_reason, u.state = 'active' and is_in_period(u.begins_on, u.ends_on, c.time_zone, moment),
      s.credential_epoch = u.credential_epoch and s.policy_epoch = c.policy_epoch,
      address_refuses(l, u.is_limited, u.trial_limited, address, moment), case when l.trial_ends_at > moment then l.trial_ends_at end,
      (select coalesce(sum(v.raised), 0) from version_slot v where v.owner_id in (s.customer_id, s.user_id, owner_of_all()))
    into id, customer_id, user_id, ends_at, last_used_at, second_factor, confirmed_at, idle_ends_at,
      ended, reason, is_active, holds, is_refused, trial_ends_at, version
    from session s join portal_user u on u.id = s.user_id join customer c on c.id = s.customer_id
      left join address_limit l on l.customer_id = s.customer_id
    where s.token_hash = token and is_of_this_site(s.customer_id);
  if id is not null then
    state := case
      when not is_active or least(ended, ends_at, idle_ends_at) <= moment - interval '2 hours' then 'ended'
      when reason <> 'timed-out' then case when holds and reason <> 'password-changed' then 'left' else 'ended' end
      when not holds then 'ended'
      when ended is not null or ends_at <= moment or idle_ends_at <= moment then 'timed-out'
      when is_refused then 'refused'
      else 'open'
    end;
    over := case
      when not is_active or least(ended, ends_at, idle_ends_at) <= moment - interval '2 hours' then null
      when reason <> 'timed-out' then reason
      when not holds then 'changed'
    end;
  end if;
  perform set_config('app.customer', case when state = 'open' and version = coalesce(known, version) then customer_id::text else '' end, true);
  if id is not null then return next; end if;
end $$;

create or replace function door.enter_fence_by_login(login text)
  returns table (customer_id uuid, user_id uuid, state user_state, second_factor second_factor, mail text, name text,
    mail_language language, time_zone text, credential_epoch integer, password_hash text)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  select u.customer_id, u.id, u.state, u.second_factor, u.mail, u.name, u.mail_language, u.time_zone, u.credential_epoch, c.password_hash
    into customer_id, user_id, state, second_factor, mail, name, mail_language, time_zone, credential_epoch, password_hash
    from portal_user u left join user_credential c on c.user_id = u.id
    where u.login_id = fold_text(login) and u.state <> 'deleted' and is_of_this_site(u.customer_id);
  perform set_config('app.customer', coalesce(customer_id::text, ''), true);
  if user_id is not null then return next; end if;
end $$;

create or replace function door.enter_fence_by_sign_in(token bytea) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_customer constant uuid := (select customer_id from sign_in where token_hash = token and is_of_this_site(customer_id));
begin
  perform set_config('app.customer', coalesce(found_customer::text, ''), true);
  return found_customer;
end $$;

create or replace function door.enter_fence_by_first_login(token bytea) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_customer constant uuid := (select customer_id from first_login
    where (token_hash = token or browser_hash = token) and is_of_this_site(customer_id) limit 1);
begin
  perform set_config('app.customer', coalesce(found_customer::text, ''), true);
  return found_customer;
end $$;

create or replace function door.enter_fence_by_mail_change(token bytea) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_customer constant uuid := (select customer_id from mail_change where token_hash = token and is_of_this_site(customer_id));
begin
  perform set_config('app.customer', coalesce(found_customer::text, ''), true);
  return found_customer;
end $$;

create or replace function door.known_browser(login text, browsers bytea[]) returns bytea
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select b.token_hash from known_browser b join portal_user u on u.id = b.user_id
  where u.login_id = fold_text(login) and u.state <> 'deleted' and is_of_this_site(u.customer_id) and b.token_hash = any(browsers) limit 1;
end;

-- The session of a cookie of staff, who cannot read by what hash it is found.
create function door.session_of_staff(token bytea) returns uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select id from session where token_hash = token and customer_id = house();
end;

-- Ends what sessions a user of the named customer has open; answers how many.
create function door.end_sessions_of(whom uuid, moment timestamptz) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  ended integer;
begin
  update session set ended_at = moment, end_reason = 'ended-by-operator'
    where customer_id = app_customer() and user_id = whom and ended_at is null;
  get diagnostics ended = row_count;
  return ended;
end $$;

grant execute on function door.enter_fence_by_session(bytea, timestamptz, inet, bigint), door.enter_fence_by_login(text),
  door.enter_fence_by_sign_in(bytea), door.enter_fence_by_first_login(bytea), door.known_browser(text, bytea[]),
  door.is_address_taken(text), door.mail_is_late(), door.session_of_staff(bytea), door.end_sessions_of(uuid, timestamptz)
  to portal_staff;
reset role;

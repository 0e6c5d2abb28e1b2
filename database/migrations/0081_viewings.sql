-- 「お客様画面を確認する」: a member of staff looks at a customer's screens as one of its users sees them, for half an hour at most.
-- Such a session can only read, and sees nobody's personal data but that user's: both are seen to here, not by the program.

-- Whether and until when the customer lets staff look. On request: while an administrator has opened it.
alter table customer
  add column viewing text not null default 'on-request' check (viewing in ('always', 'on-request', 'never')),
  add column viewing_until timestamptz;

alter table session add column seen_by uuid constraint session_seen_by references staff_member;
create index session_of_viewer on session (seen_by) where seen_by is not null;

create table viewing (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  -- As whom.
  user_id uuid not null,
  staff_id uuid not null constraint viewing_staff references staff_member,
  -- S-0042, as it was then.
  staff_name text not null,
  -- The customer reads it.
  reason text not null check (char_length(reason) between 1 and 500),
  asked_at timestamptz not null,
  -- On the way from the console to the portal: a code that serves once, and only the browser which holds what the challenge is the hash of.
  code_hash bytea constraint viewing_code_taken unique,
  challenge bytea check (length(challenge) = 32),
  code_expires_at timestamptz,
  begun_at timestamptz,
  ends_at timestamptz,
  session_id uuid,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed-out', 'idle', 'time', 'closed', 'replaced')),
  constraint viewing_user foreign key (customer_id, user_id) references portal_user (customer_id, id),
  constraint viewing_session foreign key (customer_id, session_id) references session (customer_id, id) on delete set null (session_id),
  constraint viewing_ended_why check ((ended_at is null) = (end_reason is null)),
  constraint viewing_ended_after_begun check (ended_at >= begun_at)
);
create index viewing_of_customer on viewing (customer_id, begun_at desc) where begun_at is not null;
create index viewing_of_user on viewing (customer_id, user_id);
create index viewing_of_session on viewing (customer_id, session_id);
create index viewing_of_staff on viewing (staff_id);
create index viewing_under_way on viewing (begun_at) where begun_at is not null and ended_at is null;
call fence('viewing');
call staff_fence('viewing');
create policy of_the_door on viewing to portal_door using (true) with check (true);

grant update (viewing, viewing_until) on customer to portal_app;
grant select (seen_by) on session to portal_staff;
grant select (id, customer_id, user_id, staff_id, staff_name, reason, asked_at, begun_at, ends_at, session_id, ended_at, end_reason)
  on viewing to portal_app, portal_staff;
grant update (ended_at, end_reason) on viewing to portal_app;
grant select (challenge) on viewing to portal_staff;
grant insert (customer_id, user_id, staff_id, staff_name, reason, asked_at), update (code_hash, challenge, code_expires_at) on viewing to portal_staff;
grant select on viewing to portal_operator, portal_door;
grant update (ended_at, end_reason) on viewing to portal_operator;
grant update (begun_at, ends_at, session_id) on viewing to portal_door;

create policy of_the_door on staff_member for select to portal_door using (true);
create policy of_the_door on staff_role for select to portal_door using (true);
grant select on staff_member, staff_role to portal_door;
create policy begun_by_the_door on session for insert to portal_door with check (seen_by is not null);
grant insert on session to portal_door;

alter table access_history drop constraint access_history_event_check;
alter table access_history add constraint access_history_event_check check (event in
  ('sign-in', 'sign-out', 'timed-out', 'failed', 'locked', 'unlocked', 'second-step-skipped', 'settings-opened', 'viewing-begun', 'viewing-ended'));

-- What such a session reads in place of the tables: of other people initials.
create schema masked;
grant usage on schema masked to portal_app;

-- Whose screens are looked at.
create function viewed_user() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.viewed_user', true), '')::uuid;
create function masked_name(name text) returns text language sql immutable parallel safe
  return case when name = '' then '' else left(name, 1) || '＊＊' end;
create function masked_mail(mail text) returns text language sql immutable parallel safe
  return case when mail = '' then '' else left(mail, 1) || '***@' || split_part(mail, '@', 2) end;
create function masked_phone(phone text) returns text language sql immutable parallel safe
  return case when phone = '' then '' else '****' || right(phone, 2) end;
-- Of what a history keeps: all by which people are known.
create function masked_values(kept jsonb) returns jsonb language sql immutable parallel safe
  return kept - array['name', 'kana', 'mail', 'phone', 'mobilePhone', 'jobTitle', 'comment', 'users', 'members', 'newlyLimited', 'newlyUnlimited'];
grant execute on function viewed_user(), masked_name(text), masked_mail(text), masked_phone(text), masked_values(jsonb) to portal_app;

-- Makes `masked.x` of the columns of `x` that the portal reads, some of them told otherwise; `r` is the row. To be called once more when a
-- migration adds a column.
create procedure mask(relation regclass, masks jsonb) language plpgsql as $$
declare
  of_relation constant name := (select relname from pg_class where oid = relation);
  columns constant text := (
    select string_agg(case when masks ? attname then format('(%s)::%s as %I', masks ->> attname, format_type(atttypid, atttypmod), attname)
      else format('r.%I', attname) end, ', ' order by attnum)
    from pg_attribute where attrelid = relation and attnum > 0 and not attisdropped and has_column_privilege('portal_app', relation, attnum, 'select'));
begin
  execute format('create or replace view masked.%I with (security_invoker = true) as select %s from %s r', of_relation, columns, relation);
  execute format('grant select on masked.%I to portal_app', of_relation);
end $$;

call mask('portal_user', '{
  "name": "case when r.id = viewed_user() then r.name else masked_name(r.name) end",
  "kana": "case when r.id = viewed_user() then r.kana else left(r.kana, 1) end",
  "mail": "case when r.id = viewed_user() then r.mail else masked_mail(r.mail) end",
  "login_id": "case when r.id = viewed_user() then r.login_id else masked_mail(r.login_id) end",
  "phone": "case when r.id = viewed_user() then r.phone else masked_phone(r.phone) end",
  "mobile_phone": "case when r.id = viewed_user() then r.mobile_phone else masked_phone(r.mobile_phone) end",
  "job_title": "case when r.id = viewed_user() then r.job_title else $$$$ end",
  "comment": "case when r.id = viewed_user() then r.comment else $$$$ end",
  "search": "case when r.id = viewed_user() then r.search else $$$$ end"
}');
call mask('access_history', '{
  "user_name": "case when r.user_id = viewed_user() or r.event in ($$viewing-begun$$, $$viewing-ended$$) then r.user_name else masked_name(r.user_name) end",
  "ip": "case when r.user_id = viewed_user() then r.ip end",
  "browser": "case when r.user_id = viewed_user() then r.browser else $$$$ end"
}');
call mask('change_history', '{
  "actor_name": "case when r.actor_id is null or r.actor_id = viewed_user() or r.actor_name ~ $$（S-[0-9]{4,}）$$ then r.actor_name else masked_name(r.actor_name) end",
  "subject_name": "case when r.subject_kind = $$user$$ and r.subject_id is distinct from viewed_user() then masked_name(r.subject_name) else r.subject_name end",
  "before": "case when r.subject_kind = $$user$$ and r.subject_id = viewed_user() then r.before when r.action <> $$users-imported$$ then masked_values(r.before) end",
  "after": "case when r.subject_kind = $$user$$ and r.subject_id = viewed_user() then r.after when r.action <> $$users-imported$$ then masked_values(r.after) end"
}');
call mask('ticket', '{
  "opened_by_name": "case when r.opened_by is null or r.opened_by = viewed_user() then r.opened_by_name else masked_name(r.opened_by_name) end",
  "contact": "case when r.opened_by is null or r.opened_by = viewed_user() then r.contact else $$$$ end"
}');
-- What others have filled in may be names and numbers of anybody.
call mask('order_request', '{
  "asked_by_name": "case when r.asked_by = viewed_user() then r.asked_by_name else masked_name(r.asked_by_name) end",
  "decided_by_name": "case when r.decided_by = viewed_user() then r.decided_by_name else masked_name(r.decided_by_name) end",
  "answers": "case when r.asked_by = viewed_user() then r.answers else $${}$$::jsonb end"
}');
call mask('mail_change', '{"new_mail": "case when r.user_id = viewed_user() then r.new_mail else masked_mail(r.new_mail) end"}');
call mask('ticket_message', '{"author_name": "case when r.by <> $$customer$$ or r.author_id = viewed_user() then r.author_name else masked_name(r.author_name) end"}');

set local role portal_door;

-- Whether a member of staff may look at the customer's screens at the moment: as long as the customer lets staff, and staff the member.
create function door.may_view(member uuid, customer uuid, moment timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select exists (select from customer c where c.id = customer and not c.is_house
      and (c.viewing = 'always' or c.viewing = 'on-request' and c.viewing_until > moment))
    and exists (select from portal_user m join customer h on h.id = m.customer_id join staff_role o on o.user_id = m.id
      where m.id = member and m.customer_id = house() and m.state = 'active' and is_in_period(m.begins_on, m.ends_on, h.time_zone, moment)
        and o.role = 'support');
end;

-- Begins what a member of staff was given a code for. Judged by one statement: of two that show it at once, one alone comes through. Of one
-- that is shown once more somebody has copied it, so what it began is over. Enters the fence of the customer.
create function door.enter_fence_by_viewing(code bytea, shown_challenge bytea, token bytea, moment timestamptz, address inet, with_browser text)
  returns table (became text, viewing_id uuid)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  given viewing;
  made uuid;
begin
  update viewing v set begun_at = moment, ends_at = moment + interval '30 minutes'
    where v.code_hash = code and v.begun_at is null and v.challenge = shown_challenge and v.code_expires_at > moment
      and is_of_this_site(v.customer_id) and door.may_view(v.staff_id, v.customer_id, moment)
      and exists (select from portal_user u join customer c on c.id = u.customer_id
        where u.customer_id = v.customer_id and u.id = v.user_id and u.state = 'active' and is_in_period(u.begins_on, u.ends_on, c.time_zone, moment))
    returning * into given;
  if found then
    -- One look at a time.
    update session s set ended_at = moment, end_reason = 'replaced' where s.seen_by = given.staff_id and s.ended_at is null;
    insert into session (customer_id, user_id, token_hash, second_factor, credential_epoch, policy_epoch, created_at, last_used_at, confirmed_at,
        ends_at, ip, browser, seen_by)
      select u.customer_id, u.id, token, 'totp', u.credential_epoch, c.policy_epoch, moment, moment, 'epoch', given.ends_at, address, with_browser,
        given.staff_id
      from portal_user u join customer c on c.id = u.customer_id where u.id = given.user_id
      returning id into made;
    update viewing set session_id = made where id = given.id;
    perform set_config('app.customer', given.customer_id::text, true);
    became := 'begun';
    viewing_id := given.id;
    return next;
    return;
  end if;
  update session s set ended_at = moment, end_reason = 'replaced' from viewing v
    where v.code_hash = code and v.begun_at is not null and s.id = v.session_id and s.ended_at is null;
  became := case when exists (select from viewing where code_hash = code and begun_at is not null) then 'used' else 'refused' end;
  return next;
end $$;

-- As it was, and of a session of staff who look: it ends with their leave to, rests for a quarter of an hour, is bound to no address of the
-- customer's, and can only read. No statement of the transaction can take that back.
drop function door.enter_fence_by_session(bytea, timestamptz, inet, bigint);
create function door.enter_fence_by_session(token bytea, moment timestamptz, address inet, known bigint default null)
  returns table (id uuid, customer_id uuid, user_id uuid, state text, idle_ends_at timestamptz, ends_at timestamptz, last_used_at timestamptz,
    second_factor second_factor, confirmed_at timestamptz, trial_ends_at timestamptz, version bigint, over text, seen_by text)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  ended timestamptz;
  reason text;
  holds boolean;
  is_active boolean;
  is_refused boolean;
begin
  select s.id, s.customer_id, s.user_id, s.ends_at, s.last_used_at, s.second_factor, s.confirmed_at,
      s.last_used_at + make_interval(mins => least(case when s.seen_by is not null then 15 end, idle_minutes_of(u.idle_minutes, c.idle_minutes))),
      s.ended_at, s.end_reason, u.state = 'active' and is_in_period(u.begins_on, u.ends_on, c.time_zone, moment)
        and (s.seen_by is null or door.may_view(s.seen_by, s.customer_id, moment)),
      s.credential_epoch = u.credential_epoch and s.policy_epoch = c.policy_epoch,
      s.seen_by is null and address_refuses(l, u.is_limited, u.trial_limited, address, moment), case when l.trial_ends_at > moment then l.trial_ends_at end,
      (select coalesce(sum(v.raised), 0) from version_slot v where v.owner_id in (s.customer_id, s.user_id, owner_of_all())),
      (select 'S-' || lpad(m.number::text, greatest(4, length(m.number::text)), '0') from staff_member m where m.user_id = s.seen_by)
    into id, customer_id, user_id, ends_at, last_used_at, second_factor, confirmed_at, idle_ends_at,
      ended, reason, is_active, holds, is_refused, trial_ends_at, version, seen_by
    from session s join portal_user u on u.id = s.user_id join customer c on c.id = s.customer_id
      left join address_limit l on l.customer_id = s.customer_id
    where s.token_hash = token and is_of_this_site(s.customer_id);
  if id is not null then
    state := case
      when not is_active or least(ended, ends_at, idle_ends_at) <= moment - interval '2 hours' then 'ended'
      when seen_by is not null and (ended is not null or not holds or ends_at <= moment or idle_ends_at <= moment) then 'ended'
      when reason <> 'timed-out' then case when holds and reason <> 'password-changed' then 'left' else 'ended' end
      when not holds then 'ended'
      when ended is not null or ends_at <= moment or idle_ends_at <= moment then 'timed-out'
      when is_refused then 'refused'
      else 'open'
    end;
    over := case
      when seen_by is not null then null
      when not is_active or least(ended, ends_at, idle_ends_at) <= moment - interval '2 hours' then null
      when reason <> 'timed-out' then reason
      when not holds then 'changed'
    end;
  end if;
  perform set_config('app.customer', case when state = 'open' and version = coalesce(known, version) then customer_id::text else '' end, true);
  if seen_by is not null and state = 'open' then
    perform set_config('transaction_read_only', 'on', true), set_config('app.viewed_user', user_id::text, true);
  end if;
  if id is not null then return next; end if;
end $$;

grant execute on function door.enter_fence_by_session(bytea, timestamptz, inet, bigint) to portal_app, portal_staff;
grant execute on function door.enter_fence_by_viewing(bytea, bytea, bytea, timestamptz, inet, text) to portal_app;
grant execute on function door.may_view(uuid, uuid, timestamptz) to portal_app, portal_staff, portal_operator;
reset role;

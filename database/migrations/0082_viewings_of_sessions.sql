-- A look stands on the session of the console by which it was asked for: who looks follows from that, and nobody's word is taken for it.
-- It ends when that session is ended, or its member has other credentials. That the session rests meanwhile is no matter: its member looks.

alter table viewing
  add column staff_session_id uuid constraint viewing_staff_session references session on delete set null,
  -- Of the member, when it was asked for.
  add column staff_epoch integer;
create index viewing_of_staff_session on viewing (staff_session_id);

revoke insert, update on viewing from portal_staff;
revoke insert (customer_id, user_id, staff_id, staff_name, reason, asked_at), update (code_hash, challenge, code_expires_at) on viewing from portal_staff;
revoke select (challenge) on viewing from portal_staff;
grant insert (customer_id, user_id, staff_id, staff_name, reason, asked_at, staff_session_id, staff_epoch),
  update (code_hash, challenge, code_expires_at) on viewing to portal_door;
grant select (staff_session_id, staff_epoch) on viewing to portal_operator;

set local role portal_door;

-- Whether what a look stands on still holds.
create function door.look_holds(staff_session uuid, epoch integer, moment timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select exists (select from session s join portal_user m on m.id = s.user_id join customer h on h.id = s.customer_id
    where s.id = staff_session and s.customer_id = house() and (s.ended_at is null or s.end_reason = 'timed-out') and s.ends_at > moment
      and m.credential_epoch = epoch and s.policy_epoch = h.policy_epoch);
end;

-- Notes that the member whose session the cookie names wants to look as a user, having shown the second factor within ten minutes. Null: it
-- may not be.
create function door.ask_to_view(cookie bytea, looked_customer uuid, looked_user uuid, why text, moment timestamptz) returns uuid
  language sql security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  insert into viewing (customer_id, user_id, staff_id, staff_name, reason, asked_at, staff_session_id, staff_epoch)
  select u.customer_id, u.id, s.user_id, 'S-' || lpad(n.number::text, greatest(4, length(n.number::text)), '0'), why, moment, s.id, s.credential_epoch
  from session s join staff_member n on n.user_id = s.user_id, portal_user u
  where s.token_hash = cookie and s.customer_id = house() and s.ended_at is null and s.confirmed_at > moment - interval '10 minutes'
    and u.customer_id = looked_customer and u.id = looked_user and u.state = 'active'
    and door.look_holds(s.id, s.credential_epoch, moment) and door.may_view(s.user_id, u.customer_id, moment)
  returning id;
end;

-- Lets it be taken on to the portal, by the session by which it was asked for. False: it is another's, begun, or no longer to be begun.
create function door.hand_over_viewing(cookie bytea, asked uuid, code bytea, given_challenge bytea, moment timestamptz) returns boolean
  language sql security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  with handed as (
    update viewing v set code_hash = code, challenge = given_challenge, code_expires_at = moment + interval '1 minute'
    from session s
    where v.id = asked and v.begun_at is null and v.asked_at > moment - interval '10 minutes'
      and s.token_hash = cookie and s.id = v.staff_session_id and s.ended_at is null and s.confirmed_at > moment - interval '10 minutes'
      and door.look_holds(s.id, v.staff_epoch, moment) and door.may_view(v.staff_id, v.customer_id, moment)
    returning 1)
  select exists (select from handed);
end;

-- As it was, for a look whose session of the console holds.
create or replace function door.enter_fence_by_viewing(code bytea, shown_challenge bytea, token bytea, moment timestamptz, address inet, with_browser text)
  returns table (became text, viewing_id uuid)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  given viewing;
  made uuid;
begin
  update viewing v set begun_at = moment, ends_at = moment + interval '30 minutes'
    where v.code_hash = code and v.begun_at is null and v.challenge = shown_challenge and v.code_expires_at > moment
      and is_of_this_site(v.customer_id) and door.may_view(v.staff_id, v.customer_id, moment)
      and door.look_holds(v.staff_session_id, v.staff_epoch, moment)
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

-- As it was, and of a session of staff who look: it ends with what the look stands on, and where staff may not come from the address.
drop function door.enter_fence_by_session(bytea, timestamptz, inet, bigint);
create function door.enter_fence_by_session(token bytea, moment timestamptz, address inet, known bigint default null, of_staff boolean default true)
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
        and (s.seen_by is null or of_staff and door.may_view(s.seen_by, s.customer_id, moment) and exists (
          select from viewing v where v.customer_id = s.customer_id and v.session_id = s.id
            and door.look_holds(v.staff_session_id, v.staff_epoch, moment))),
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

grant execute on function door.enter_fence_by_session(bytea, timestamptz, inet, bigint, boolean) to portal_app, portal_staff;
grant execute on function door.ask_to_view(bytea, uuid, uuid, text, timestamptz), door.hand_over_viewing(bytea, uuid, bytea, bytea, timestamptz)
  to portal_staff;
grant execute on function door.look_holds(uuid, integer, timestamptz) to portal_operator;
reset role;

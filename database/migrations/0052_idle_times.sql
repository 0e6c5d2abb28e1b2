-- セッションタイムアウト設定. The customer's idle time is the most for each of its users; a user may have a shorter one.
alter table customer
  -- Whether general users may choose a shorter one themselves.
  add column may_shorten_idle boolean not null default true,
  -- Of the settings that a customer's administrators make for all: the form of an older one changes nothing.
  add column settings_version integer not null default 1;
grant update (idle_minutes, may_shorten_idle, settings_version) on customer to portal_app;
grant update (idle_minutes) on portal_user to portal_app;

-- How long a session of the user may be idle: `least` passes over what is null.
create function idle_minutes_of(own integer, customers integer) returns integer language sql immutable parallel safe
  return least(own, customers);
grant execute on function idle_minutes_of(integer, integer) to portal_app, portal_operator, portal_door;

set local role portal_door;
-- As it was, but for the idle time.
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
      s.ended_at, s.end_reason, u.state = 'active', s.credential_epoch = u.credential_epoch and s.policy_epoch = c.policy_epoch,
      address_refuses(l, u.is_limited, u.trial_limited, address, moment), case when l.trial_ends_at > moment then l.trial_ends_at end,
      (select coalesce(sum(v.raised), 0) from version_slot v where v.owner_id in (s.customer_id, s.user_id, owner_of_all()))
    into id, customer_id, user_id, ends_at, last_used_at, second_factor, confirmed_at, idle_ends_at,
      ended, reason, is_active, holds, is_refused, trial_ends_at, version
    from session s join portal_user u on u.id = s.user_id join customer c on c.id = s.customer_id
      left join address_limit l on l.customer_id = s.customer_id
    where s.token_hash = token;
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
reset role;

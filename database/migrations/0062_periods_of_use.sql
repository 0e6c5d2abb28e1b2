-- 利用開始日 and 利用終了日: on which days a user may use the portal, days of the customer's zone, both included. Null: without a limit.
-- Nothing has to happen when one of them comes: each request judges it.
alter table portal_user add column begins_on date, add column ends_on date,
  add constraint portal_user_period_has_days check (begins_on <= ends_on);
-- The opening notice waits for the period to begin.
alter table portal_user add column notice_held boolean not null default false;
create index portal_user_notice_held on portal_user (begins_on) where notice_held;
grant insert (begins_on, ends_on), update (begins_on, ends_on, notice_held) on portal_user to portal_app;
create index portal_user_with_period on portal_user (customer_id) where begins_on is not null or ends_on is not null;

-- Whether a period holds at a moment: the one wording, for the door of sessions, logins, first logins and lists.
create function is_in_period(begins_on date, ends_on date, zone text, moment timestamptz) returns boolean
  language sql immutable parallel safe
  return (begins_on is null or begins_on <= (moment at time zone zone)::date)
    and (ends_on is null or (moment at time zone zone)::date <= ends_on);
-- When a period is over; null: never.
create function period_over_at(ends_on date, zone text) returns timestamptz language sql immutable parallel safe
  return (ends_on + 1)::timestamp at time zone zone;
grant execute on function is_in_period(date, date, text, timestamptz), period_over_at(date, text)
  to portal_app, portal_operator, portal_door;

alter table session drop constraint session_end_reason_check;
alter table session add constraint session_end_reason_check check (end_reason in
  ('signed-out', 'timed-out', 'ended-elsewhere', 'password-changed', 'replaced', 'ended-by-administrator', 'period-over'));
alter table access_history drop constraint access_history_reason_check;
alter table access_history add constraint access_history_reason_check check (reason in ('wrong-password', 'wrong-code',
  'wrong-identity', 'locked', 'not-active', 'too-many-codes', 'code-expired', 'ended-elsewhere', 'password-changed', 'replaced',
  'ended-by-administrator', 'address-refused', 'period-over'));

set local role portal_door;
-- As it was, but that a user outside of the period is not active.
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

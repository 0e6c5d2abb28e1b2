-- Whoever comes with the cookie of a session that was ended is told why, and may leave behind what was typed.
set local role portal_door;

drop function door.enter_fence_by_session(bytea, timestamptz, bigint);

-- The session of a cookie, with its own facts and the number under which more of its reader may be known. The fence is entered
-- while it is open alone, and stays closed when its reader is known under another number: what is asked for behind it, for somebody
-- who was expected, sees nothing. `timed-out` and `left`: over for less than two hours, and its user may leave a draft behind,
-- nothing else. After a new password or factor nobody may: it could be whoever they were changed against. `over` says for as long why it is: how it was ended, or that
-- what it stood on has changed; of users who are not active nothing is said.
create function door.enter_fence_by_session(token bytea, moment timestamptz, known bigint default null)
  returns table (id uuid, customer_id uuid, user_id uuid, state text, idle_ends_at timestamptz, ends_at timestamptz, last_used_at timestamptz,
    second_factor second_factor, confirmed_at timestamptz, version bigint, over text)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  ended timestamptz;
  reason text;
  holds boolean;
  is_active boolean;
begin
  select s.id, s.customer_id, s.user_id, s.ends_at, s.last_used_at, s.second_factor, s.confirmed_at,
      s.last_used_at + make_interval(mins => coalesce(u.idle_minutes, c.idle_minutes)),
      s.ended_at, s.end_reason, u.state = 'active', s.credential_epoch = u.credential_epoch and s.policy_epoch = c.policy_epoch,
      (select coalesce(sum(v.raised), 0) from version_slot v where v.owner_id in (s.customer_id, s.user_id, owner_of_all()))
    into id, customer_id, user_id, ends_at, last_used_at, second_factor, confirmed_at, idle_ends_at,
      ended, reason, is_active, holds, version
    from session s join portal_user u on u.id = s.user_id join customer c on c.id = s.customer_id
    where s.token_hash = token;
  if id is not null then
    state := case
      when not is_active or least(ended, ends_at, idle_ends_at) <= moment - interval '2 hours' then 'ended'
      when reason <> 'timed-out' then case when holds and reason <> 'password-changed' then 'left' else 'ended' end
      when not holds then 'ended'
      when ended is not null or ends_at <= moment or idle_ends_at <= moment then 'timed-out'
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
grant execute on function door.enter_fence_by_session(bytea, timestamptz, bigint) to portal_app;
reset role;

-- What moves the fence says so by its name: enter_fence_by_…, after what the customer is found by. Each function sets the fence
-- to the customer it finds, and closes it when it finds none, whatever it was set to before.

-- A session's user is told by what has found the session.
drop function app_user();

set local role portal_door;
drop function door.session_of_token, door.user_of_login, door.customer_of_sign_in, door.customer_of_first_login,
  door.customer_of_mail_change;

-- The session of a cookie, and whether it still holds at the moment given. The fence is entered only if it does, or when it
-- has timed out within two hours (`timed-out`: its user may leave a draft behind, nothing else).
create function door.enter_fence_by_session(token bytea, moment timestamptz)
  returns table (id uuid, customer_id uuid, user_id uuid, state text, idle_ends_at timestamptz, ends_at timestamptz, last_used_at timestamptz)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  select s.id, s.customer_id, s.user_id, s.ends_at, s.last_used_at,
      s.last_used_at + make_interval(mins => coalesce(u.idle_minutes, c.idle_minutes)),
      case
        when s.ended_at is not null and s.end_reason <> 'timed-out' then 'ended'
        when u.state <> 'active' or s.credential_epoch <> u.credential_epoch or s.policy_epoch <> c.policy_epoch then 'ended'
        when least(s.ended_at, s.ends_at, s.last_used_at + make_interval(mins => coalesce(u.idle_minutes, c.idle_minutes)))
          <= moment - interval '2 hours' then 'ended'
        when s.ended_at is not null or s.ends_at <= moment
          or s.last_used_at + make_interval(mins => coalesce(u.idle_minutes, c.idle_minutes)) <= moment then 'timed-out'
        else 'open'
      end
    into id, customer_id, user_id, ends_at, last_used_at, idle_ends_at, state
    from session s join portal_user u on u.id = s.user_id join customer c on c.id = s.customer_id
    where s.token_hash = token;
  perform set_config('app.customer', case when state in ('open', 'timed-out') then customer_id::text else '' end, true);
  if id is not null then return next; end if;
end $$;

-- The user of a login ID, with what the first step needs.
create function door.enter_fence_by_login(login text)
  returns table (customer_id uuid, user_id uuid, state user_state, second_factor second_factor, mail text, name text,
    mail_language language, time_zone text, credential_epoch integer, password_hash text)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  select u.customer_id, u.id, u.state, u.second_factor, u.mail, u.name, u.mail_language, u.time_zone, u.credential_epoch, c.password_hash
    into customer_id, user_id, state, second_factor, mail, name, mail_language, time_zone, credential_epoch, password_hash
    from portal_user u left join user_credential c on c.user_id = u.id
    where u.login_id = fold_text(login) and u.state <> 'deleted';
  perform set_config('app.customer', coalesce(customer_id::text, ''), true);
  if user_id is not null then return next; end if;
end $$;

-- The customer of a login under way.
create function door.enter_fence_by_sign_in(token bytea) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_customer constant uuid := (select customer_id from sign_in where token_hash = token);
begin
  perform set_config('app.customer', coalesce(found_customer::text, ''), true);
  return found_customer;
end $$;

-- The customer of a mailed URL, or of the browser that goes through its steps.
create function door.enter_fence_by_first_login(token bytea) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_customer constant uuid := (select customer_id from first_login where token_hash = token or browser_hash = token limit 1);
begin
  perform set_config('app.customer', coalesce(found_customer::text, ''), true);
  return found_customer;
end $$;

-- The customer of a mailed URL that confirms an address.
create function door.enter_fence_by_mail_change(token bytea) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_customer constant uuid := (select customer_id from mail_change where token_hash = token);
begin
  perform set_config('app.customer', coalesce(found_customer::text, ''), true);
  return found_customer;
end $$;

grant execute on function door.enter_fence_by_session(bytea, timestamptz), door.enter_fence_by_login(text),
  door.enter_fence_by_sign_in(bytea), door.enter_fence_by_first_login(bytea), door.enter_fence_by_mail_change(bytea) to portal_app;
reset role;

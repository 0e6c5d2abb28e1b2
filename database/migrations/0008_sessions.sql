create table session (
  id uuid primary key default gen_random_uuid(),
  -- The customer this session works for. It need not be the user's own one day, so nothing may assume that.
  customer_id uuid not null references customer,
  user_id uuid not null references portal_user,
  token_hash bytea not null constraint session_token_taken unique,
  credential_epoch integer not null,
  policy_epoch integer not null,
  second_factor second_factor not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  -- When a second factor was last shown within this session.
  confirmed_at timestamptz not null,
  ends_at timestamptz not null,
  ip inet not null,
  browser text not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed-out', 'timed-out', 'ended-elsewhere', 'password-changed', 'replaced')),
  constraint session_end_has_reason check ((ended_at is null) = (end_reason is null))
);
create index session_of_user on session (customer_id, user_id) where ended_at is null;
create index session_open on session (last_used_at) where ended_at is null;
create index session_by_user on session (user_id);
call fence('session');
alter table sign_in add constraint sign_in_confirms_session foreign key (confirms_session) references session on delete cascade;
create index sign_in_of_session on sign_in (confirms_session) where confirms_session is not null;

-- What was typed into a form whose session had timed out, until its user is back.
create table form_draft (
  customer_id uuid not null references customer,
  user_id uuid not null references portal_user,
  path text not null,
  -- Sealed by the application's key.
  fields bytea not null,
  expires_at timestamptz not null,
  primary key (user_id, path)
);
create index form_draft_of_customer on form_draft (customer_id, user_id);
create index form_draft_by_age on form_draft (expires_at);
call fence('form_draft');

create policy of_the_door on session for select to portal_door using (true);
grant select on session to portal_door;
grant select, insert on session to portal_app;
grant update (token_hash, credential_epoch, last_used_at, confirmed_at, ended_at, end_reason) on session to portal_app;
grant select, insert, update, delete on session to portal_operator;
grant select, insert, update (fields, expires_at), delete on form_draft to portal_app;
grant select, delete on form_draft to portal_operator;

set local role portal_door;

-- The session of a cookie, and whether it still holds at the moment given. Sets the fence only if it does, or when it
-- has timed out within two hours (`timed-out`: its user may leave a draft behind, nothing else).
create function door.session_of_token(token bytea, moment timestamptz)
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
  if not found then return; end if;
  if state in ('open', 'timed-out') then
    perform set_config('app.customer', customer_id::text, true);
    perform set_config('app.user', user_id::text, true);
  end if;
  return next;
end $$;

grant execute on all functions in schema door to portal_app;
reset role;

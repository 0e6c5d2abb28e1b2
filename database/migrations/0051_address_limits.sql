-- アクセス制限設定: from which networks the users of a customer may use the portal. There is a row from the first change on.
create table address_limit (
  customer_id uuid primary key references customer,
  -- What was confirmed last.
  is_on boolean not null default false,
  networks cidr[] not null default '{}',
  -- What each of the networks is, in the same order.
  descriptions text[] not null default '{}',
  -- Until then the trial is in force in place of what was confirmed; past or null: there is none. Nothing has to happen at the moment.
  trial_ends_at timestamptz,
  trial_by uuid,
  trial_is_on boolean not null default false,
  trial_networks cidr[] not null default '{}',
  trial_descriptions text[] not null default '{}',
  -- Whether users who are added are limited from the beginning.
  limits_new_users boolean not null default false,
  version integer not null default 1,
  constraint address_limit_is_described check (cardinality(networks) = cardinality(descriptions)
    and cardinality(trial_networks) = cardinality(trial_descriptions)),
  constraint address_limit_is_bounded check (cardinality(networks) <= 100 and cardinality(trial_networks) <= 100),
  constraint address_limit_trial_by foreign key (customer_id, trial_by) references portal_user (customer_id, id)
);
create index address_limit_by_trier on address_limit (customer_id, trial_by);
call fence('address_limit');
create policy of_the_door on address_limit for select to portal_door using (true);
grant select on address_limit to portal_app, portal_operator, portal_door;
grant insert, update on address_limit to portal_app;
grant insert, update (is_on, trial_ends_at, version) on address_limit to portal_operator;

-- 制限あり; and what it is on trial, null: as it was confirmed.
alter table portal_user add column is_limited boolean not null default false, add column trial_limited boolean;
grant insert (is_limited), update (is_limited, trial_limited) on portal_user to portal_app;
create index portal_user_limited on portal_user (customer_id) where is_limited or trial_limited is not null;

-- Whether a user is refused at an address: the one wording, for the door of sessions, for logins and for first logins.
create function address_refuses(rules address_limit, limited boolean, trial_limited boolean, address inet, moment timestamptz)
  returns boolean language sql immutable parallel safe
  return coalesce(case when moment < rules.trial_ends_at
    then rules.trial_is_on and coalesce(trial_limited, limited) and not (address <<= any (rules.trial_networks::inet[]))
    else rules.is_on and limited and not (address <<= any (rules.networks::inet[])) end, false);
grant execute on function address_refuses(address_limit, boolean, boolean, inet, timestamptz) to portal_app, portal_operator, portal_door;

-- When a refusal of the session was last noted: one that is refused again and again is noted now and then.
alter table session add column refused_at timestamptz;
grant update (refused_at) on session to portal_app;

-- From where somebody wishes for a URL: the worker, which alone learns who it is about, judges it.
alter table first_login_request add column ip inet;

alter table access_history drop constraint access_history_reason_check;
alter table access_history add constraint access_history_reason_check check (reason in ('wrong-password', 'wrong-code',
  'wrong-identity', 'locked', 'not-active', 'too-many-codes', 'code-expired', 'ended-elsewhere', 'password-changed', 'replaced',
  'ended-by-administrator', 'address-refused'));

set local role portal_door;
drop function door.enter_fence_by_session(bytea, timestamptz, bigint);

-- As it was, and judged by the address from which the session is used. `refused`: it is open, and its user may not use it from
-- there; the fence stays closed. `trial_ends_at`: until when rules of the customer are on trial.
create function door.enter_fence_by_session(token bytea, moment timestamptz, address inet, known bigint default null)
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
      s.last_used_at + make_interval(mins => coalesce(u.idle_minutes, c.idle_minutes)),
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
grant execute on function door.enter_fence_by_session(bytea, timestamptz, inet, bigint) to portal_app;
reset role;

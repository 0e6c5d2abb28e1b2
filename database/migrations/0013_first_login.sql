-- A URL that was mailed to a user: to register (identity, password, second factor) or to set a new password. One row each;
-- the newest alone counts.
create type first_login_purpose as enum ('registration', 'password-reset');

create table first_login (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  user_id uuid not null,
  purpose first_login_purpose not null,
  -- Of the 256 random bits in the URL.
  token_hash bytea not null constraint first_login_token_taken unique,
  credential_epoch integer not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Wrong tries to show who one is; the last one allowed ends the row.
  identity_tries integer not null default 0,
  -- Of the cookie of the browser that showed last whose URL it is; the steps that follow are open to it alone.
  browser_hash bytea constraint first_login_browser_taken unique,
  -- Chosen on the way, and moved to the credential by the last step; the secret is sealed by the application's key.
  password_hash text,
  second_factor second_factor,
  totp_secret bytea,
  -- Sealed, until they have been shown.
  recovery_codes bytea,
  reminded_at timestamptz,
  finished_at timestamptz,
  -- Void: a newer one was sent, or it was tried too often.
  ended_at timestamptz,
  constraint first_login_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index first_login_of_user on first_login (customer_id, user_id);
create index first_login_by_age on first_login (expires_at);
create unique index first_login_open_once on first_login (user_id) where finished_at is null and ended_at is null;
call fence('first_login');

-- Somebody's wish for a new URL, for the worker: whoever has asked learns nothing, not even by the time it takes, of whether
-- anybody has the address.
create table first_login_request (
  id uuid primary key,
  -- The address as typed, sealed by the application's key.
  login bytea not null,
  created_at timestamptz not null
);

-- When somebody of a network last asked for a new URL, newest last. It holds no address, but a hash with a key.
create table reissue_budget (
  network_hash bytea primary key,
  asked timestamptz[] not null
);

create policy of_the_door on first_login for select to portal_door using (true);
grant select on first_login to portal_door;

grant select, insert on first_login to portal_app;
grant update (identity_tries, browser_hash, password_hash, second_factor, totp_secret, recovery_codes, finished_at, ended_at)
  on first_login to portal_app;
grant select, insert, update, delete on first_login to portal_operator;
grant insert on first_login_request to portal_app;
grant select, insert, delete on first_login_request to portal_operator;
grant select, insert, update (asked) on reissue_budget to portal_app;
grant select, delete on reissue_budget to portal_operator;

-- What the last step of a registration sets, and a new password voids.
grant update (state, second_factor) on portal_user to portal_app;
grant insert, update (totp_secret) on user_credential to portal_app;
grant delete on known_browser to portal_app;

alter table access_history drop constraint access_history_reason_check;
alter table access_history add constraint access_history_reason_check check (reason in ('wrong-password', 'wrong-code',
  'wrong-identity', 'locked', 'not-active', 'too-many-codes', 'code-expired', 'ended-elsewhere', 'password-changed', 'replaced'));

-- Hands a wish to the worker in the transaction that wrote it. The job carries the row's id and nothing else.
create function enqueue_first_login_request(request_id uuid) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('answer-first-login-request', json_build_object('request', request_id));
end $$;
grant execute on function enqueue_first_login_request(uuid) to portal_app;

set local role portal_door;

-- The customer of a mailed URL, or of the browser that goes through its steps; sets the fence to it.
create function door.customer_of_first_login(token bytea) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_customer uuid;
begin
  select customer_id into found_customer from first_login where token_hash = token or browser_hash = token;
  perform set_config('app.customer', found_customer::text, true) where found_customer is not null;
  return found_customer;
end $$;

grant execute on function door.customer_of_first_login(bytea) to portal_app;
reset role;

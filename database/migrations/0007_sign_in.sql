-- Failures per login ID, whether anybody has it or not: hence no customer. It holds hashes only, of the ID with a key.
create table sign_in_guard (
  -- HMAC of the folded login ID.
  login_hash bytea not null,
  -- Hash of the cookie of a browser that has logged in to this ID before; empty for all strangers together.
  browser_hash bytea not null default '',
  failures integer not null default 0,
  locked_until timestamptz,
  touched_at timestamptz not null,
  primary key (login_hash, browser_hash)
);
create index sign_in_guard_by_age on sign_in_guard (touched_at);

-- When the last codes of an account were judged and mailed, newest last: at most twenty of each an hour.
create table code_budget (
  customer_id uuid not null,
  user_id uuid primary key,
  judged timestamptz[] not null default '{}',
  mailed timestamptz[] not null default '{}',
  constraint code_budget_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index code_budget_of_customer on code_budget (customer_id, user_id);
call fence('code_budget');

-- A login whose first step succeeded and whose second is awaited.
create table sign_in (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  user_id uuid not null,
  token_hash bytea not null constraint sign_in_token_taken unique,
  second_factor second_factor not null,
  credential_epoch integer not null,
  expires_at timestamptz not null,
  -- The newest mailed code; an older one counts no more.
  code_hash bytea,
  code_mail_id uuid,
  code_sent_at timestamptz,
  code_expires_at timestamptz,
  code_tries integer not null default 0,
  codes_sent integer not null default 0,
  finished_at timestamptz,
  -- The session whose user shows the second factor once more; null: a login.
  confirms_session uuid,
  constraint sign_in_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index sign_in_of_user on sign_in (customer_id, user_id);
create index sign_in_by_age on sign_in (expires_at);
call fence('sign_in');

create table known_browser (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  user_id uuid not null,
  token_hash bytea not null,
  last_sign_in_at timestamptz not null,
  constraint known_browser_token_taken unique (user_id, token_hash),
  constraint known_browser_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index known_browser_of_user on known_browser (customer_id, user_id);
create index known_browser_by_age on known_browser (last_sign_in_at);
call fence('known_browser');

create policy of_the_door on sign_in for select to portal_door using (true);
create policy of_the_door on known_browser for select to portal_door using (true);
grant select on sign_in, known_browser to portal_door;
grant select, insert on sign_in_guard, code_budget, sign_in, known_browser to portal_app;
grant update (failures, locked_until, touched_at) on sign_in_guard to portal_app;
grant update (judged, mailed) on code_budget to portal_app;
grant update (code_hash, code_mail_id, code_sent_at, code_expires_at, code_tries, codes_sent, finished_at) on sign_in to portal_app;
grant update (last_sign_in_at) on known_browser to portal_app;
grant select, insert, update, delete on sign_in_guard, code_budget, sign_in, known_browser to portal_operator;

set local role portal_door;

-- The user of a login ID, with what the first step needs; sets the fence to the user's customer.
create function door.user_of_login(login text)
  returns table (customer_id uuid, user_id uuid, state user_state, second_factor second_factor, mail text, name text,
    mail_language language, time_zone text, credential_epoch integer, password_hash text)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  select u.customer_id, u.id, u.state, u.second_factor, u.mail, u.name, u.mail_language, u.time_zone, u.credential_epoch, c.password_hash
    into customer_id, user_id, state, second_factor, mail, name, mail_language, time_zone, credential_epoch, password_hash
    from portal_user u left join user_credential c on c.user_id = u.id
    where u.login_id = fold_text(login) and u.state <> 'deleted';
  if not found then return; end if;
  perform set_config('app.customer', customer_id::text, true);
  return next;
end $$;

-- Which of a browser's tokens has logged in to this ID before; null: none.
create function door.known_browser(login text, browsers bytea[]) returns bytea
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select b.token_hash from known_browser b join portal_user u on u.id = b.user_id
  where u.login_id = fold_text(login) and u.state <> 'deleted' and b.token_hash = any(browsers) limit 1;
end;

-- The customer of a login under way; sets the fence to it.
create function door.customer_of_sign_in(token bytea) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_customer uuid;
begin
  select customer_id into found_customer from sign_in where token_hash = token;
  perform set_config('app.customer', found_customer::text, true) where found_customer is not null;
  return found_customer;
end $$;

grant execute on all functions in schema door to portal_app;
reset role;

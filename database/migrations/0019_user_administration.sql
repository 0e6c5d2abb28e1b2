-- Users are added, changed and removed by the administrators of their customer.
grant insert (customer_id, mail, name, phone, role, second_factor, mail_language, time_zone, job_title, mobile_phone, comment,
  mobile_threshold_mail) on portal_user to portal_app;
grant update (mail, name, phone, role, mail_language, job_title, mobile_phone, comment, mobile_threshold_mail)
  on portal_user to portal_app;
grant delete on user_credential to portal_app;

-- What users are found by, folded, a line each: folding five thousand at each search takes a second.
alter table portal_user add column search text not null generated always as (
  fold_search(name || E'\n' || mail || E'\n' || phone || E'\n' || job_title || E'\n' || comment)) stored;

-- { "ja", "en" }: what users call a service whose contracts are set up on a settings site, such as 「Smart PBX」; null: it has none.
alter table service add column settings_name jsonb;

alter table session drop constraint session_end_reason_check;
alter table session add constraint session_end_reason_check check (end_reason in
  ('signed-out', 'timed-out', 'ended-elsewhere', 'password-changed', 'replaced', 'ended-by-administrator'));
alter table access_history drop constraint access_history_reason_check;
alter table access_history add constraint access_history_reason_check check (reason in ('wrong-password', 'wrong-code',
  'wrong-identity', 'locked', 'not-active', 'too-many-codes', 'code-expired', 'ended-elsewhere', 'password-changed', 'replaced',
  'ended-by-administrator'));

-- Who is locked follows from what the last half hour of the access history says.
create index access_history_of_locks on access_history (customer_id, at) where event in ('locked', 'unlocked');
-- The newest opening notice of each user of a list.
create index mail_of_user_by_kind on mail (customer_id, user_id, kind, created_at desc);
drop index mail_of_user;

-- A mail address that an administrator has given a user, until somebody confirms it who reads what is sent there.
create table mail_change (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  user_id uuid not null,
  new_mail text not null,
  -- Of the 256 random bits in the URL.
  token_hash bytea not null constraint mail_change_token_taken unique,
  -- Of the user: a new password, a reset or a suspension voids the URL.
  credential_epoch integer not null,
  -- Who has asked for it, for the history.
  requested_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint mail_change_one_a_user unique (user_id),
  constraint mail_change_user foreign key (customer_id, user_id) references portal_user (customer_id, id),
  constraint mail_change_requested_by foreign key (customer_id, requested_by) references portal_user (customer_id, id)
);
create index mail_change_of_user on mail_change (customer_id, user_id);
create index mail_change_by_requester on mail_change (customer_id, requested_by);
create index mail_change_by_age on mail_change (expires_at);
call fence('mail_change');
grant select, insert, delete on mail_change to portal_app;
grant select, delete on mail_change to portal_operator;

-- An administrator has given an address that a user of another customer has. For the operator alone: customers cannot read it.
create table address_clash (
  id bigint generated always as identity primary key,
  customer_id uuid not null references customer,
  at timestamptz not null,
  -- The administrator.
  user_id uuid not null,
  mail text not null,
  constraint address_clash_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index address_clash_newest on address_clash (at desc);
create index address_clash_of_user on address_clash (customer_id, user_id);
call fence('address_clash');
grant insert on address_clash to portal_app;
grant select, delete on address_clash to portal_operator;

create policy of_the_door on mail_change for select to portal_door using (true);
grant select on mail_change to portal_door;

set local role portal_door;

-- Whether a user of whatever customer has this mail address; and nothing else about that user.
create function door.is_address_taken(address text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select exists (select from portal_user where login_id = fold_text(address) and state <> 'deleted');
end;

-- The customer of a mailed URL that confirms an address; sets the fence to it.
create function door.customer_of_mail_change(token bytea) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found_customer uuid;
begin
  select customer_id into found_customer from mail_change where token_hash = token;
  perform set_config('app.customer', found_customer::text, true) where found_customer is not null;
  return found_customer;
end $$;

grant execute on function door.is_address_taken(text), door.customer_of_mail_change(bytea) to portal_app;
reset role;

create type user_role as enum ('general-user', 'portal-administrator');
create type second_factor as enum ('totp', 'mail-otp');
-- A locked user is not a state: it follows from sign_in_guard.
create type user_state as enum ('awaiting-registration', 'active', 'suspended', 'deleted');
create type language as enum ('ja', 'en');

create table portal_user (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  -- As typed; the address mails go to.
  mail text not null,
  -- The user ID of the login: one mail address is one user of one customer.
  login_id text not null generated always as (fold_text(mail)) stored,
  name text not null,
  phone text not null,
  role user_role not null,
  -- Null: chooses at the first login.
  second_factor second_factor,
  state user_state not null default 'awaiting-registration',
  mail_language language not null default 'ja',
  -- Null: the browser's.
  screen_language language,
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  shortcuts boolean not null default true,
  time_zone text not null default 'Asia/Tokyo',
  job_title text not null default '',
  mobile_phone text not null default '',
  comment text not null default '',
  mobile_threshold_mail boolean not null default false,
  -- Null: the customer's.
  idle_minutes integer check (idle_minutes in (15, 30, 60, 120, 240, 480, 720)),
  -- Raised by a new password, a new factor, suspension and deletion; sessions and links of an older one are void.
  credential_epoch integer not null default 1,
  last_sign_in_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  constraint portal_user_of_customer unique (customer_id, id)
);
create unique index portal_user_mail_taken on portal_user (login_id) where state <> 'deleted';
call fence('portal_user');

-- What proves a user, apart from the user, so that no list can ever read it by accident.
create table user_credential (
  customer_id uuid not null,
  user_id uuid primary key,
  password_hash text,
  password_changed_at timestamptz,
  -- Sealed by the application's key.
  totp_secret bytea,
  -- The last time step that was accepted (RFC 6238): none may be used twice.
  totp_last_step bigint not null default 0,
  constraint user_credential_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index user_credential_of_customer on user_credential (customer_id, user_id);
call fence('user_credential');

create table recovery_code (
  customer_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash),
  constraint recovery_code_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index recovery_code_of_user on recovery_code (customer_id, user_id);
call fence('recovery_code');

create policy of_the_door on portal_user for select to portal_door using (true);
create policy of_the_door on user_credential for select to portal_door using (true);
grant select on portal_user, user_credential to portal_door;

grant select on portal_user, user_credential, recovery_code to portal_app;
grant update (screen_language, theme, time_zone, shortcuts, version, credential_epoch, last_sign_in_at) on portal_user to portal_app;
grant update (password_hash, password_changed_at, totp_last_step) on user_credential to portal_app;
grant insert, update (used_at), delete on recovery_code to portal_app;
grant select, insert, update on portal_user to portal_operator;
-- The operator may set a demo's credentials but can read none.
grant insert, update on user_credential to portal_operator;
grant select (customer_id, user_id) on user_credential to portal_operator;

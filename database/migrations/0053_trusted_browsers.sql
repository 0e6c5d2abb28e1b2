-- 2段階認証スキップ設定. Browsers in which a user has shown the second factor, and need not for a while.
alter table customer add column trusts_browsers boolean not null default false;
-- Null: as the customer says; nobody may where the customer says no.
alter table portal_user add column may_trust boolean;
grant update (trusts_browsers) on customer to portal_app;
grant update (may_trust) on portal_user to portal_app;

create table trusted_browser (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  user_id uuid not null,
  -- Of the 256 random bits in the browser's cookie.
  token_hash bytea not null constraint trusted_browser_token_taken unique,
  -- A new password, a reset or a suspension voids it.
  credential_epoch integer not null,
  -- When the second factor was shown there.
  confirmed_at timestamptz not null,
  last_used_at timestamptz not null,
  browser text not null,
  ip inet not null,
  constraint trusted_browser_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index trusted_browser_of_user on trusted_browser (customer_id, user_id);
create index trusted_browser_by_age on trusted_browser (last_used_at);
call fence('trusted_browser');
grant select, insert, update (last_used_at), delete on trusted_browser to portal_app;
grant select, insert, delete on trusted_browser to portal_operator;

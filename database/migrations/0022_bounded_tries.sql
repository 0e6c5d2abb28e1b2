-- When addresses of other customers' users were last given, newest last: by an administrator, and by all of a customer
-- together, which is the row without a user. An administrator who could go on would learn who uses the portal elsewhere.
create table address_budget (
  customer_id uuid not null references customer,
  user_id uuid,
  given timestamptz[] not null,
  constraint address_budget_once unique nulls not distinct (customer_id, user_id),
  constraint address_budget_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
call fence('address_budget');
grant select, insert, update (given) on address_budget to portal_app;
grant select, delete on address_budget to portal_operator;

-- Wrong codes of the authenticator app that is being set up; the last one allowed ends the row.
alter table first_login add column totp_tries integer not null default 0;
grant update (totp_tries) on first_login to portal_app;

-- When administrators last unlocked the account, newest last: each time gives back all tries at password and codes.
alter table code_budget add column unlocked timestamptz[] not null default '{}';
grant update (unlocked) on code_budget to portal_app;

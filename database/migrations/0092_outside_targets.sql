-- Calls are passed on to numbers outside only where somebody has confirmed the number for the line, by the second factor: whoever gets
-- at a session must not send calls to where they cost. What names such a number is a key to it, whichever way it comes in.
create table pbx.outside_target (
  customer_id uuid,
  contract_id uuid,
  -- As dialled within Japan; or `+` and digits, where the operator allows the country.
  number text constraint outside_target_form check (number ~ '^(0\d{8,10}|\+[1-9]\d{6,14})$'),
  added_at timestamptz not null,
  -- Null: it was set before numbers were confirmed.
  added_by uuid,
  added_by_name text not null,
  primary key (customer_id, contract_id, number),
  constraint outside_target_line foreign key (customer_id, contract_id) references pbx.line
);
call pbx.fence('pbx.outside_target');
-- Nobody takes one back: what was confirmed once is known.
grant select, insert on pbx.outside_target to portal_app;
grant select, insert, delete on pbx.outside_target to portal_operator;
grant select on pbx.outside_target to telephone_engine;

set local role portal_operator;
insert into pbx.outside_target (customer_id, contract_id, number, added_at, added_by_name)
  select distinct on (customer_id, contract_id, number) customer_id, contract_id, number, now(), '' from (
    select customer_id, contract_id, closed_outside as number from pbx.external_number
    union all select customer_id, contract_id, then_outside from pbx.call_group
    union all select customer_id, contract_id, to_outside from pbx.forward
  ) named where number is not null;
reset role;

alter table pbx.external_number drop constraint external_number_closed_outside_check,
  add constraint external_number_closed_outside foreign key (customer_id, contract_id, closed_outside) references pbx.outside_target;
alter table pbx.call_group drop constraint call_group_then_outside_check,
  add constraint call_group_then_outside foreign key (customer_id, contract_id, then_outside) references pbx.outside_target;
alter table pbx.forward drop constraint forward_to_outside_check,
  add constraint forward_to_outside foreign key (customer_id, contract_id, to_outside) references pbx.outside_target;
create index external_number_by_outside on pbx.external_number (customer_id, contract_id, closed_outside)
  where closed_outside is not null;
create index call_group_by_outside on pbx.call_group (customer_id, contract_id, then_outside) where then_outside is not null;
create index forward_by_outside on pbx.forward (customer_id, contract_id, to_outside) where to_outside is not null;

-- Countries to which calls may be passed on, by their calling codes such as 82: none, unless the operator says so.
alter table pbx.line add column international_targets text[] not null default '{}';

-- Whoever shows the second factor on another site than the portal goes on there under a new token of that site.
grant update (token_hash) on session_on_site to portal_app;

-- A contract that goes to another customer gets a row of that customer's. The former one stays behind, ended: orders, inquiries, faults
-- that are over and histories go on naming it. The number then is that of the one row that has not moved; a customer to whom the
-- contract comes back has the row of then again.
alter table contract add column moved_on date,
  add constraint contract_moved_has_ended check (moved_on is null or ended_on is not null),
  drop constraint contract_number_taken;
create unique index contract_number_taken on contract (number) where moved_on is null;
create unique index contract_moved_once on contract (customer_id, number) where moved_on is not null;

-- What users had of it ends.
grant delete on user_group_right to portal_operator;
grant select (customer_id, kind, thing_id), delete on pin, look to portal_operator;

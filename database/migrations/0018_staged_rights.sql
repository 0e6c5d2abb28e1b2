-- Who may see what is put into force in one step, however many pages it was chosen on.

-- Raised when rights are put into force: whoever has chosen on the ground of an older one is told.
alter table user_group add column rights_version integer not null default 1;

-- What an administrator has chosen for a group and not yet put into force: what differs, and nothing else.
create table staged_right (
  customer_id uuid not null,
  user_id uuid not null,
  user_group_id uuid not null,
  -- As in user_group_right: both null for all services.
  service_id uuid references service,
  contract_id uuid,
  -- Null: no right.
  level right_level,
  -- What was in force when it was chosen, in which version of the group's rights.
  former right_level,
  rights_version integer not null,
  constraint staged_right_taken unique nulls not distinct (user_id, user_group_id, service_id, contract_id),
  constraint staged_right_one_layer check (service_id is null or contract_id is null),
  constraint staged_right_user foreign key (customer_id, user_id) references portal_user (customer_id, id),
  constraint staged_right_group foreign key (customer_id, user_group_id) references user_group (customer_id, id) on delete cascade,
  constraint staged_right_contract foreign key (customer_id, contract_id) references contract (customer_id, id)
);
create index staged_right_of_user on staged_right (customer_id, user_id, user_group_id);
create index staged_right_of_group on staged_right (customer_id, user_group_id);
create index staged_right_of_contract on staged_right (customer_id, contract_id) where contract_id is not null;
create index staged_right_of_service on staged_right (service_id) where service_id is not null;
call fence('staged_right');

-- A contract that ends is on no page any more, where what was chosen for it could be seen or undone.
create function forget_staged_rights() returns trigger language plpgsql as $$
begin
  delete from staged_right where customer_id = new.customer_id and contract_id = new.id;
  return null;
end $$;
create trigger forget_staged_rights after update of ended_on on contract for each row
  when (old.ended_on is null and new.ended_on is not null) execute function forget_staged_rights();
grant select (customer_id, contract_id), delete on staged_right to portal_operator;

-- Rights for single contracts are set in the order of their numbers.
create index contract_of_service_by_number on contract (customer_id, service_id, number);

grant update (last_group_number) on customer to portal_app;
grant insert, delete, update (name, description, version, rights_version) on user_group to portal_app;
grant insert, delete on user_group_member to portal_app;
grant insert, delete, update (level) on user_group_right to portal_app;
grant select, insert, delete, update (level, former, rights_version) on staged_right to portal_app;

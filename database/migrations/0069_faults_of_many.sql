-- A fault or works may concern many contracts, and tells how it goes on.
create table incident_contract (
  customer_id uuid not null references customer,
  incident_id uuid not null,
  contract_id uuid not null,
  -- Since when the contract is not concerned any more, while the incident goes on.
  left_at timestamptz,
  primary key (customer_id, incident_id, contract_id)
);

alter table incident
  add constraint incident_of_customer unique (customer_id, id),
  add column step text,
  add column expected_end_at timestamptz,
  -- When the operator has promised the next word.
  add column next_update_at timestamptz,
  add column cause_ja text,
  add column cause_en text,
  -- Announced by mistake, or works that do not take place.
  add column withdrawn_at timestamptz,
  add column version integer not null default 1,
  add constraint incident_step_known check (step in
    ('investigating', 'identified', 'recovering', 'watching', 'recovered', 'planned', 'working', 'done'));

call fence('incident_contract');
call staff_fence('incident_contract');
grant select on incident_contract to portal_app;
grant select, insert, update, delete on incident_contract to portal_operator;
set local role portal_operator;
insert into incident_contract (customer_id, incident_id, contract_id) select customer_id, id, contract_id from incident;
reset role;

alter table incident_contract
  add constraint incident_contract_of_incident foreign key (customer_id, incident_id) references incident (customer_id, id),
  add constraint incident_contract_of_contract foreign key (customer_id, contract_id) references contract (customer_id, id);
create index incident_contract_by_contract on incident_contract (customer_id, contract_id);
call versioned('incident_contract', 'customer_id');

-- 続報. What was said once is never changed: a correction is another row, which names the one that it corrects.
create table incident_update (
  customer_id uuid not null references customer,
  incident_id uuid not null,
  number integer not null check (number > 0),
  said_at timestamptz not null,
  step text check (step in ('investigating', 'identified', 'recovering', 'watching', 'recovered', 'planned', 'working', 'done')),
  text_ja text not null check (char_length(text_ja) between 1 and 5000),
  text_en text check (char_length(text_en) between 1 and 5000),
  next_update_at timestamptz,
  corrects integer check (corrects < number),
  primary key (customer_id, incident_id, number),
  constraint incident_update_of_incident foreign key (customer_id, incident_id) references incident (customer_id, id) on update cascade
);
call fence('incident_update');
call staff_fence('incident_update');

-- The invitation of a calendar is replaced by one with a higher number.
create function raise_incident_version() returns trigger language plpgsql as $$
begin
  new.version = old.version + 1;
  return new;
end $$;
create trigger raise_incident_version before update on incident
  for each row when (old is distinct from new) execute function raise_incident_version();

-- As it was, by all contracts of an incident.
create or replace function refresh_contract_status(moment timestamptz) returns bigint language sql
begin atomic
  with today as (select (moment at time zone time_zone)::date as date from operator),
  open_incident as (
    select c.contract_id, min(i.kind) as kind
    from incident i join incident_contract c on c.customer_id = i.customer_id and c.incident_id = i.id
    where i.starts_at <= moment and (i.ends_at is null or i.ends_at > moment) and i.withdrawn_at is null and c.left_at is null
    group by c.contract_id
  ),
  candidate as (
    select id from contract where suspended or status <> 'normal'
    union select contract_id from open_incident
    union select id from contract where opens_on > (select date from today)
  ),
  due as (
    select contract.id, case
        when open_incident.kind = 'fault' then 'fault'
        when open_incident.kind = 'works' then 'works'
        when suspended then 'suspended'
        when opens_on > (select date from today) then 'preparing'
        else 'normal'
      end::contract_status as status
    from contract join candidate using (id) left join open_incident on open_incident.contract_id = contract.id
  ),
  changed as (
    update contract set status = due.status from due
    where contract.id = due.id and contract.status <> due.status
    returning 1
  )
  select count(*) from changed;
end;

alter table incident drop column contract_id;

grant select on incident_update to portal_app;
grant select, insert, update, delete on incident_contract to portal_staff;
grant select, insert on incident_update to portal_staff;
grant insert, update on incident to portal_staff;
grant select, insert on incident_update to portal_operator;

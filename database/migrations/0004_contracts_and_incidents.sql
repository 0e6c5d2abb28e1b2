-- In the order of urgency: "worst first" is the order of this type.
create type contract_status as enum ('fault', 'works', 'suspended', 'preparing', 'normal');

create table contract (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  number text not null constraint contract_number_taken unique,
  group_number text,
  service_id uuid not null references service,
  site_id uuid,
  memo text not null default '' check (char_length(memo) <= 100),
  opens_on date,
  suspended boolean not null default false,
  ended_on date,
  -- Follows from the dates and the open incidents; see refresh_contract_status.
  status contract_status not null default 'normal',
  -- The status as a number, the worst first. Comparing an enum is not leakproof, and would use no index behind the fence.
  urgency smallint not null generated always as (case status
    when 'fault' then 0 when 'works' then 1 when 'suspended' then 2 when 'preparing' then 3 else 4 end) stored,
  version integer not null default 1,
  constraint contract_of_customer unique (customer_id, id),
  constraint contract_site foreign key (customer_id, site_id) references site (customer_id, id)
);
create index contract_worst_first on contract (customer_id, urgency, number, id);
create index contract_of_service on contract (customer_id, service_id);
create index contract_of_site on contract (customer_id, site_id);
create index service_of_contract on contract (service_id);
call fence('contract');

create type incident_kind as enum ('fault', 'works');

create table incident (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  contract_id uuid not null,
  code text not null,
  kind incident_kind not null,
  title_ja text not null,
  title_en text not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  updated_at timestamptz not null,
  constraint incident_code_taken unique (customer_id, code),
  constraint incident_contract foreign key (customer_id, contract_id) references contract (customer_id, id),
  constraint incident_ends_after_start check (ends_at > starts_at)
);
create index incident_of_contract on incident (customer_id, contract_id);
create index incident_by_time on incident (starts_at, ends_at);
call fence('incident');

-- How many contracts a customer has of each service in each state: a menu must not count a hundred thousand rows.
create table contract_count (
  customer_id uuid not null references customer,
  service_id uuid not null references service,
  status contract_status not null,
  contracts integer not null check (contracts >= 0),
  primary key (customer_id, service_id, status)
);
create index contract_count_of_service on contract_count (service_id);
call fence('contract_count');

create function count_new_contracts() returns trigger language plpgsql as $$
begin
  insert into contract_count as kept (customer_id, service_id, status, contracts)
    select customer_id, service_id, status, count(*) from new_contract where ended_on is null
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (customer_id, service_id, status) do update set contracts = kept.contracts + excluded.contracts;
  return null;
end $$;

create function recount_changed_contracts() returns trigger language plpgsql as $$
declare
  change record;
begin
  for change in
    select customer_id, service_id, status, sum(difference)::integer as difference from (
      select customer_id, service_id, status, 1 as difference from new_contract where ended_on is null
      union all
      select customer_id, service_id, status, -1 from old_contract where ended_on is null
    ) each_row
    group by 1, 2, 3 having sum(difference) <> 0
    -- One order for everybody, so that two imports wait for each other instead of deadlocking.
    order by 1, 2, 3
  loop
    insert into contract_count values (change.customer_id, change.service_id, change.status, 0) on conflict do nothing;
    update contract_count set contracts = contracts + change.difference
      where (customer_id, service_id, status) = (change.customer_id, change.service_id, change.status);
  end loop;
  return null;
end $$;

create trigger count_new_contracts after insert on contract
  referencing new table as new_contract for each statement execute function count_new_contracts();
create trigger recount_changed_contracts after update on contract
  referencing old table as old_contract new table as new_contract
  for each statement execute function recount_changed_contracts();

create index contract_not_normal on contract (id) where suspended or status <> 'normal';
create index contract_opening on contract (opens_on) where opens_on is not null;

-- Brings the status of every contract in line with its dates and the incidents open at the moment given.
-- Looks only at contracts that may differ; answers how many changed.
create function refresh_contract_status(moment timestamptz) returns bigint language sql
begin atomic
  with today as (select (moment at time zone time_zone)::date as date from operator),
  open_incident as (
    select contract_id, min(kind) as kind from incident
    where starts_at <= moment and (ends_at is null or ends_at > moment) group by contract_id
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
grant execute on function refresh_contract_status(timestamptz) to portal_operator;

grant select on contract, incident, contract_count to portal_app;
grant select, insert, update on contract, incident, contract_count to portal_operator;

-- What a cloud telephone system is set to, for each contract that has one: its line. All of it lies in a schema of its own, without
-- a key or join into `public`, and can be replicated as a whole to where calls are connected.
create schema pbx;
grant usage on schema pbx to portal_app, portal_operator, portal_door, telephone_engine;

-- Whose settings this transaction works on. Unset or empty means: of no contract, so no row is visible.
create function app_contract() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.contract', true), '')::uuid;
grant execute on function app_contract() to portal_app, portal_operator, portal_door;

-- The fence of settings is customer and contract. Most contracts have ten rows and some have ten thousand: plans are kept, and
-- must suit the large ones, so the planner is told that there are few contracts with many rows each.
create procedure pbx.fence(relation regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', relation);
  execute format('alter table %s force row level security', relation);
  execute format('create policy of_the_contract on %s to portal_app
    using (customer_id = app_customer() and contract_id = app_contract())
    with check (customer_id = app_customer() and contract_id = app_contract())', relation);
  execute format('create policy of_the_operator on %s to portal_operator using (true) with check (true)', relation);
  execute format('create policy of_the_engine on %s for select to telephone_engine using (true)', relation);
  execute format('alter table %s alter customer_id set (n_distinct = 5), alter contract_id set (n_distinct = 10)', relation);
end $$;

create table pbx.line (
  customer_id uuid,
  contract_id uuid,
  -- The contract's.
  number text not null constraint line_number_taken unique,
  sip_domain text not null constraint line_sip_domain_taken unique,
  time_zone text not null default 'Asia/Tokyo',
  -- Extensions and groups are numbered within these, with as many digits.
  first_extension text not null,
  last_extension text not null,
  most_extensions integer not null check (most_extensions >= 0),
  most_groups integer not null default 200 check (most_groups >= 0),
  -- Calls at a time.
  channels integer not null check (channels > 0),
  park_slots integer not null default 3 check (park_slots >= 0),
  -- Whether the platform records messages.
  has_voicemail boolean not null default false,
  -- What callers are shown where nothing else is set.
  main_number text,
  -- Findings of the settings check; counted anew with each change.
  attention integer not null default 0,
  -- How many there are: twenty thousand are not counted for every page.
  extensions integer not null default 0,
  call_groups integer not null default 0,
  primary key (customer_id, contract_id),
  constraint line_not_too_many check (extensions <= most_extensions and call_groups <= most_groups),
  constraint line_extension_range check (
    first_extension ~ '^[1-9]\d{1,7}$' and length(first_extension) = length(last_extension) and first_extension <= last_extension)
);

-- What is dialled inside: extensions and groups share one numbering, so that a target is one key.
create table pbx.inside_number (
  customer_id uuid,
  contract_id uuid,
  number text,
  kind text not null check (kind in ('extension', 'group')),
  -- For addresses alone: a number may change.
  id uuid not null default gen_random_uuid(),
  primary key (customer_id, contract_id, number),
  constraint inside_number_of_contract unique (customer_id, contract_id, id),
  constraint inside_number_line foreign key (customer_id, contract_id) references pbx.line,
  -- Neither an emergency or service number, nor one that begins like them or like 184 and 186, which hide and show the caller.
  constraint inside_number_form check (number ~ '^([2-9]\d{1,7}|1\d{3,7})$' and number !~ '^1(10|18|19|84|86)')
);

create table pbx.calendar (
  customer_id uuid,
  contract_id uuid,
  id uuid default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 40),
  closes_on_national_holidays boolean not null default true,
  -- Open or closed whatever else is set, until then.
  override_is_open boolean,
  override_until timestamptz,
  version integer not null default 1,
  primary key (customer_id, contract_id, id),
  constraint calendar_line foreign key (customer_id, contract_id) references pbx.line,
  constraint calendar_override_whole check ((override_is_open is null) = (override_until is null))
);
-- A span may go on past midnight, until 36:00, and is then all of the day on which it begins: that day's holiday decides about it.
create table pbx.calendar_slot (
  customer_id uuid,
  contract_id uuid,
  calendar_id uuid,
  -- ISO 8601: Monday is 1.
  weekday integer check (weekday between 1 and 7),
  -- Minutes after midnight.
  opens integer check (opens between 0 and 1439),
  closes integer not null check (closes <= 2160),
  primary key (customer_id, contract_id, calendar_id, weekday, opens),
  constraint calendar_slot_forward check (opens < closes),
  constraint calendar_slot_calendar foreign key (customer_id, contract_id, calendar_id) references pbx.calendar on delete cascade
);
create table pbx.calendar_day (
  customer_id uuid,
  contract_id uuid,
  calendar_id uuid,
  day date,
  name text not null default '' check (char_length(name) <= 40),
  -- As those of a weekday; null: closed all day.
  opens integer check (opens between 0 and 1439),
  closes integer check (closes <= 2160),
  primary key (customer_id, contract_id, calendar_id, day),
  constraint calendar_day_forward check ((opens is null) = (closes is null) and opens < closes),
  constraint calendar_day_calendar foreign key (customer_id, contract_id, calendar_id) references pbx.calendar on delete cascade
);
-- Of Japan; filled when the program starts.
create table pbx.national_holiday (day date primary key, name_ja text not null, name_en text not null);

create table pbx.external_number (
  customer_id uuid,
  contract_id uuid,
  -- Digits alone, as dialled within Japan.
  number text constraint external_number_form check (number ~ '^0\d{9,10}$'),
  memo text not null default '' check (char_length(memo) <= 40),
  target text,
  calendar_id uuid,
  -- Where calls go when the calendar is closed: one of these, or nowhere.
  closed_inside text,
  closed_outside text check (closed_outside ~ '^0\d{8,10}$'),
  closed_voicemail text,
  ended_on date,
  id uuid not null default gen_random_uuid(),
  version integer not null default 1,
  primary key (customer_id, contract_id, number),
  constraint external_number_of_contract unique (customer_id, contract_id, id),
  constraint external_number_line foreign key (customer_id, contract_id) references pbx.line,
  constraint external_number_target foreign key (customer_id, contract_id, target)
    references pbx.inside_number on update cascade,
  constraint external_number_calendar foreign key (customer_id, contract_id, calendar_id) references pbx.calendar,
  constraint external_number_closed_inside foreign key (customer_id, contract_id, closed_inside)
    references pbx.inside_number on update cascade,
  constraint external_number_closed_once check (
    num_nonnulls(closed_inside, closed_outside, closed_voicemail) <= case when calendar_id is null then 0 else 1 end)
);
create unique index external_number_taken on pbx.external_number (number) where ended_on is null;
-- Where something is used.
create index external_number_by_target on pbx.external_number (customer_id, contract_id, target) where target is not null;
create index external_number_by_closed on pbx.external_number (customer_id, contract_id, closed_inside) where closed_inside is not null;
create index external_number_by_calendar on pbx.external_number (customer_id, contract_id, calendar_id) where calendar_id is not null;
alter table pbx.line add constraint line_main_number foreign key (customer_id, contract_id, main_number)
  references pbx.external_number;
create index line_by_main_number on pbx.line (customer_id, contract_id, main_number) where main_number is not null;

call pbx.fence('pbx.line');
call pbx.fence('pbx.inside_number');
call pbx.fence('pbx.calendar');
call pbx.fence('pbx.calendar_slot');
call pbx.fence('pbx.calendar_day');
call pbx.fence('pbx.external_number');

grant select, update (attention) on pbx.line to portal_app;
grant select, insert, update, delete on pbx.inside_number, pbx.calendar, pbx.calendar_slot, pbx.calendar_day to portal_app;
-- Which numbers there are is the operator's.
grant select, update (memo, target, calendar_id, closed_inside, closed_outside, closed_voicemail, version)
  on pbx.external_number to portal_app;
grant select on pbx.national_holiday to portal_app;
grant select, insert, update, delete on pbx.line, pbx.inside_number, pbx.calendar, pbx.calendar_slot, pbx.calendar_day,
  pbx.external_number to portal_operator;
grant select on all tables in schema pbx to telephone_engine;

-- A line counts its extensions and groups by whatever way they come and go, and nobody else writes the counts: the limits are
-- checks of the row.
create policy of_the_door on pbx.line to portal_door using (true) with check (true);
grant select (customer_id, contract_id, extensions, call_groups), update (extensions, call_groups) on pbx.line to portal_door;
set local role portal_door;
create function door.count_inside_numbers() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update pbx.line l set extensions = l.extensions + moved.extensions, call_groups = l.call_groups + moved.call_groups
  from (
    select customer_id, contract_id, sum(sign) filter (where kind = 'extension') as extensions, sum(sign) filter (where kind = 'group') as call_groups
    from (
      select customer_id, contract_id, kind, case tg_op when 'DELETE' then -1 else 1 end as sign from changed
    ) one group by customer_id, contract_id
  ) given, lateral (select coalesce(given.extensions, 0) as extensions, coalesce(given.call_groups, 0) as call_groups) moved
  where l.customer_id = given.customer_id and l.contract_id = given.contract_id;
  return null;
end $$;
grant execute on function door.count_inside_numbers() to session_user;
reset role;
create trigger count_new after insert on pbx.inside_number referencing new table as changed
  for each statement execute function door.count_inside_numbers();
create trigger count_gone after delete on pbx.inside_number referencing old table as changed
  for each statement execute function door.count_inside_numbers();

-- 障害・工事 of the operator's own: one fault of many customers, of which publishing makes a copy for each (incident).
create table outage (
  id uuid primary key default gen_random_uuid(),
  code text not null constraint outage_code_taken unique,
  kind incident_kind not null,
  title_ja text not null,
  title_en text not null,
  step text check (step in ('investigating', 'identified', 'recovering', 'watching', 'recovered', 'planned', 'working', 'done')),
  starts_at timestamptz not null,
  ends_at timestamptz,
  expected_end_at timestamptz,
  next_update_at timestamptz,
  cause_ja text,
  cause_en text,
  -- 影響範囲, as it was asked for: which contracts that are, follows each time it is spread.
  affects jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  withdrawn_at timestamptz,
  updated_at timestamptz not null,
  version integer not null default 1,
  constraint outage_ends_after_start check (ends_at > starts_at),
  constraint outage_withdrawn_when check ((state = 'withdrawn') = (withdrawn_at is not null))
);
create trigger raise_outage_version before update on outage
  for each row when (old is distinct from new) execute function raise_incident_version();

create table outage_update (
  outage_id uuid not null constraint outage_update_of_outage references outage,
  number integer not null check (number > 0),
  said_at timestamptz not null,
  step text check (step in ('investigating', 'identified', 'recovering', 'watching', 'recovered', 'planned', 'working', 'done')),
  text_ja text not null check (char_length(text_ja) between 1 and 5000),
  text_en text check (char_length(text_en) between 1 and 5000),
  next_update_at timestamptz,
  corrects integer check (corrects < number),
  -- S-0042, as it was then; null: a file.
  said_by text,
  primary key (outage_id, number)
);

alter table incident add column outage_id uuid constraint incident_outage references outage,
  add constraint incident_once_of_outage unique (customer_id, outage_id);
create index incident_of_outage on incident (outage_id) where outage_id is not null;

grant select, insert, update on outage to portal_operator, portal_staff;
grant select, insert on outage_update to portal_operator, portal_staff;

-- Has the worker spread an outage over its customers: staff write for one customer at a time, and it concerns many.
-- Belongs to the owner because only the owner may add jobs.
create function enqueue_outage(outage uuid) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('spread-outage', json_build_object('outage', outage), job_key := 'outage ' || outage, max_attempts := 100);
end $$;
grant execute on function enqueue_outage(uuid) to portal_operator, portal_staff;

-- What the console needs to write outages: a change of 影響範囲 that waits to be looked at, who made it, how far the worker is.
alter table outage
  -- 影響範囲 as it is to be next; null: as it is. It counts once somebody has seen whom it reaches, and applied it.
  add column next_affects jsonb,
  -- S-0042, as it was then; null: a file.
  add column made_by text,
  -- Which version the customers' copies were made of last.
  add column spread_version integer,
  -- Of which promised moment staff were reminded.
  add column reminded_of timestamptz;

-- Only what somebody says of it makes another version: the worker's own notes would be in the way of whoever has a form open.
drop trigger raise_outage_version on outage;
create trigger raise_outage_version
  before update of code, kind, title_ja, title_en, step, starts_at, ends_at, expected_end_at, next_update_at, cause_ja, cause_en, affects,
    next_affects, state, withdrawn_at, updated_at on outage
  for each row when (old is distinct from new) execute function raise_incident_version();

-- Whose next word is late.
create index outage_promised on outage (next_update_at) where state = 'published' and next_update_at is not null;

-- By which 影響範囲 finds contracts.
grant select on site_place to portal_staff;

-- A contract that was taken out of a fault or works before the end: whoever was told of it is told of that.
alter table told drop constraint told_kind_check;
alter table told add constraint told_kind_check
  check (kind in ('opened', 'update', 'ended', 'left', 'withdrawn', 'announced', 'moved', 'tomorrow', 'cancelled'));

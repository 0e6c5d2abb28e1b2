-- The change history of each customer becomes a chain of hashes, so that whoever changes, removes or slips in a row, even as
-- a superuser, is found out. It is sealed a moment after the commit, by the worker and not in the request: requests that
-- write at the same time need not wait for each other.

alter table change_history
  add column transaction xid8 not null default pg_current_xact_id(),
  -- From 1 for each customer, without gaps; null until sealed.
  add column sequence bigint check (sequence > 0),
  -- SHA-256 of the hash before and of this row: see change_text.
  add column hash bytea check (length(hash) = 32),
  add constraint change_history_sealed_as_a_whole check ((sequence is null) = (hash is null)),
  -- A year is hashed with its four digits.
  add constraint change_history_of_our_era check (at between '1970-01-01Z' and '9999-12-31Z');
create unique index change_history_in_sequence on change_history (customer_id, sequence);
create index change_history_unsealed on change_history (customer_id, transaction, id) where sequence is null;
create index change_history_of_actor on change_history (customer_id, actor_id, at desc, id desc);

-- Number, hash and transaction of a row are nothing that its writer may choose.
revoke insert on change_history from portal_app, portal_operator;
grant insert (customer_id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_name, before, after)
  on change_history to portal_app, portal_operator;

-- Where a chain begins after its older rows were removed: the last of these, and its hash.
create table change_history_checkpoint (
  customer_id uuid not null references customer,
  sequence bigint not null,
  hash bytea not null check (length(hash) = 32),
  pruned_at timestamptz not null,
  -- How many rows were removed.
  pruned integer not null,
  primary key (customer_id, sequence)
);
call fence('change_history_checkpoint');
grant select on change_history_checkpoint to portal_app, portal_operator;

alter table operator add column change_history_years integer not null default 7 check (change_history_years between 2 and 30);

-- A row as it is hashed: an array of JSON without spaces, whose every element is a string or null. `before` and `after` are
-- what PostgreSQL writes for them as text. docs/security.md says the same for whoever has to compute it elsewhere.
create function change_text(c change_history) returns text language sql immutable
  return '[' || concat_ws(',', to_json(c.customer_id), to_json(c.sequence::text), to_json(c.id::text),
    to_json(to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), coalesce(to_json(c.actor_id)::text, 'null'),
    to_json(c.actor_name), to_json(c.action), to_json(c.subject_kind), coalesce(to_json(c.subject_id)::text, 'null'),
    to_json(c.subject_name), coalesce(to_json(c.before::text)::text, 'null'), coalesce(to_json(c.after::text)::text, 'null')) || ']';
grant execute on function change_text(change_history) to portal_door;

-- Only the door may seal, once and for ever, and remove what is old: nobody else has the right to change or remove a row.
create policy of_the_door on change_history for select to portal_door using (true);
create policy sealed_once on change_history for update to portal_door using (sequence is null) with check (sequence is not null);
create policy removed_when_old on change_history for delete to portal_door using (at < now() - interval '2 years');
create policy of_the_door on change_history_checkpoint to portal_door using (true) with check (true);
grant select, delete, update (sequence, hash) on change_history to portal_door;
grant select, insert on change_history_checkpoint to portal_door;
grant select (change_history_years) on operator to portal_door;

set local role portal_door;
grant usage on schema door to portal_operator;

-- Seals what no later commit can come before: the rows of transactions that are older than the oldest one still under way.
-- They are in the order of their transactions; a row that seems to come from the future is from a database restored here,
-- and older than all that was written since. Answers how many rows it sealed.
create function door.seal_change_history() returns integer language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  change change_history;
  chain uuid;
  last_sequence bigint;
  last_hash bytea;
  sealed integer := 0;
begin
  -- One at a time: two would give the same numbers.
  perform pg_advisory_xact_lock(hashtext('seal_change_history'));
  for change in
    select c.* from change_history c, pg_current_snapshot() snapshot
    where c.sequence is null and (c.transaction < pg_snapshot_xmin(snapshot) or c.transaction >= pg_snapshot_xmax(snapshot))
    order by c.customer_id, c.transaction < pg_snapshot_xmax(snapshot), c.transaction, c.id limit 10000
  loop
    if chain is distinct from change.customer_id then
      chain := change.customer_id;
      select e.sequence, e.hash into last_sequence, last_hash from (
        (select 0 as sequence, decode(repeat('00', 32), 'hex') as hash)
        union all (select c.sequence, c.hash from change_history c where c.customer_id = chain and c.sequence is not null
          order by c.sequence desc limit 1)
        union all (select p.sequence, p.hash from change_history_checkpoint p where p.customer_id = chain
          order by p.sequence desc limit 1)) e
      order by e.sequence desc limit 1;
    end if;
    change.sequence := last_sequence + 1;
    last_hash := sha256(last_hash || convert_to(change_text(change), 'UTF8'));
    update change_history set sequence = change.sequence, hash = last_hash where id = change.id;
    last_sequence := change.sequence;
    sealed := sealed + 1;
  end loop;
  return sealed;
end $$;

-- Removes what the operator need not keep any longer: the beginning of each chain, as far as all of it is old. A moment that
-- is yet to come counts as now.
create function door.prune_change_history(moment timestamptz) returns integer language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  oldest constant timestamptz := least(moment, now()) - make_interval(years => (select change_history_years from operator));
  removed integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('seal_change_history'));
  with first_kept as (
    select customer_id, min(sequence) as sequence from change_history where at >= oldest and sequence is not null group by customer_id
  ), last_old as (
    select c.customer_id, max(c.sequence) as sequence, count(*) as pruned
    from change_history c left join first_kept k on k.customer_id = c.customer_id
    where c.at < oldest and c.sequence is not null and (k.sequence is null or c.sequence < k.sequence) group by c.customer_id
  ), checkpoint as (
    insert into change_history_checkpoint (customer_id, sequence, hash, pruned_at, pruned)
    select c.customer_id, c.sequence, c.hash, least(moment, now()), o.pruned
    from last_old o join change_history c on c.customer_id = o.customer_id and c.sequence = o.sequence
  ), gone as (
    delete from change_history c using last_old o where c.customer_id = o.customer_id and c.sequence <= o.sequence returning 1
  )
  select count(*) into removed from gone;
  return removed;
end $$;

grant execute on function door.seal_change_history(), door.prune_change_history(timestamptz) to portal_operator;
reset role;

-- What is known of a reader may be kept in a process under a number: as long as the number is the same, so is all that it
-- follows from. Each change of a versioned table raises the number of whoever owns the changed rows, in its own transaction.
-- A number lies in several slots, of which a change takes one that nobody has in hand: no transaction waits for another.
create table version_slot (
  -- A customer, or a user; of what belongs to everybody, the owner of zeros.
  owner_id uuid not null,
  slot bigint not null generated always as identity,
  raised bigint not null default 1,
  raised_by xid8 not null default pg_current_xact_id(),
  primary key (owner_id, slot)
) with (fillfactor = 50);
grant select, insert, update on version_slot to portal_door;

create function owner_of_all() returns uuid language sql immutable parallel safe return '00000000-0000-0000-0000-000000000000'::uuid;
grant execute on function owner_of_all() to portal_door;

set local role portal_door;

-- The owners stand in the column that the trigger names, or all rows are everybody's. Once in a transaction is enough, for
-- nobody sees what it has done before its end.
create function door.raise_versions() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  owner_column constant text := case when tg_nargs > 0 then quote_ident(tg_argv[0]) else 'null::uuid' end;
  owners uuid[];
  owner uuid;
begin
  execute format(
    case tg_op
      when 'INSERT' then 'select array_agg(distinct coalesce(%1$s, owner_of_all())) from later'
      when 'DELETE' then 'select array_agg(distinct coalesce(%1$s, owner_of_all())) from earlier'
      else 'select array_agg(distinct coalesce(%1$s, owner_of_all())) from (select %1$s from earlier union all select %1$s from later) changed'
    end, owner_column) into owners;
  foreach owner in array coalesce(owners, '{}') loop
    continue when exists (select from version_slot where owner_id = owner and raised_by = pg_current_xact_id());
    update version_slot set raised = raised + 1, raised_by = pg_current_xact_id()
      where (owner_id, slot) = (select owner_id, slot from version_slot where owner_id = owner limit 1 for update skip locked);
    if not found then
      insert into version_slot (owner_id) values (owner);
    end if;
  end loop;
  return null;
end $$;
-- For whoever migrates, who makes triggers of it.
grant usage on schema door to session_user;
grant execute on function door.raise_versions() to session_user;

drop function door.enter_fence_by_session(bytea, timestamptz);

-- The session of a cookie, with its own facts and the number under which more of its reader may be known. The fence stays closed
-- when its reader is known under another number: what is asked for behind it, for somebody who was expected, sees nothing.
create function door.enter_fence_by_session(token bytea, moment timestamptz, known bigint default null)
  returns table (id uuid, customer_id uuid, user_id uuid, state text, idle_ends_at timestamptz, ends_at timestamptz, last_used_at timestamptz,
    second_factor second_factor, confirmed_at timestamptz, version bigint)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  select s.id, s.customer_id, s.user_id, s.ends_at, s.last_used_at, s.second_factor, s.confirmed_at,
      s.last_used_at + make_interval(mins => coalesce(u.idle_minutes, c.idle_minutes)),
      case
        when s.ended_at is not null and s.end_reason <> 'timed-out' then 'ended'
        when u.state <> 'active' or s.credential_epoch <> u.credential_epoch or s.policy_epoch <> c.policy_epoch then 'ended'
        when least(s.ended_at, s.ends_at, s.last_used_at + make_interval(mins => coalesce(u.idle_minutes, c.idle_minutes)))
          <= moment - interval '2 hours' then 'ended'
        when s.ended_at is not null or s.ends_at <= moment
          or s.last_used_at + make_interval(mins => coalesce(u.idle_minutes, c.idle_minutes)) <= moment then 'timed-out'
        else 'open'
      end,
      (select coalesce(sum(v.raised), 0) from version_slot v where v.owner_id in (s.customer_id, s.user_id, owner_of_all()))
    into id, customer_id, user_id, ends_at, last_used_at, second_factor, confirmed_at, idle_ends_at, state, version
    from session s join portal_user u on u.id = s.user_id join customer c on c.id = s.customer_id
    where s.token_hash = token;
  perform set_config('app.customer', case when state in ('open', 'timed-out') and version = coalesce(known, version) then customer_id::text else '' end, true);
  if id is not null then return next; end if;
end $$;
grant execute on function door.enter_fence_by_session(bytea, timestamptz, bigint) to portal_app;
reset role;

-- The rows of a table raise the number of their owners, by the column that names one; without it, everybody's.
create procedure versioned(relation regclass, owner_column text default null) language plpgsql as $$
declare
  action text;
begin
  foreach action in array array['insert', 'update', 'delete'] loop
    execute format('create trigger versioned_%1$s after %1$s on %2$s referencing %3$s for each statement execute function door.raise_versions(%4$s)',
      action, relation,
      case action when 'insert' then 'new table as later' when 'delete' then 'old table as earlier'
        else 'old table as earlier new table as later' end,
      quote_literal(owner_column));
  end loop;
end $$;

call versioned('customer', 'id');
call versioned('site', 'customer_id');
call versioned('contract', 'customer_id');
call versioned('contract_count', 'customer_id');
call versioned('incident', 'customer_id');
call versioned('user_group', 'customer_id');
call versioned('user_group_member', 'customer_id');
call versioned('user_group_right', 'customer_id');
call versioned('portal_user', 'id');
call versioned('pin', 'user_id');
call versioned('notice_read', 'user_id');
call versioned('form_draft', 'user_id');
call versioned('notice', 'customer_id');
call versioned('operator');
call versioned('service');
call versioned('service_category');

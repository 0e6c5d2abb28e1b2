-- Signing on to another site of this installation: the portal's session gets a second cookie there. Whatever ends the session
-- ends it on both.
alter table session add constraint session_of_customer unique (customer_id, id);

create table session_on_site (
  customer_id uuid,
  session_id uuid,
  site text not null check (site in ('settings')),
  token_hash bytea not null constraint session_on_site_token_taken unique,
  created_at timestamptz not null,
  primary key (customer_id, session_id, site),
  constraint session_on_site_session foreign key (customer_id, session_id) references session (customer_id, id) on delete cascade
);
call fence('session_on_site');
create policy of_the_door on session_on_site to portal_door using (true) with check (true);

-- A session on its way from the portal to another site: a code that serves once, and only the browser which holds what the
-- challenge is the hash of.
create table hand_over (
  code_hash bytea primary key,
  customer_id uuid not null,
  session_id uuid not null,
  site text not null check (site in ('settings')),
  challenge bytea not null check (length(challenge) = 32),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint hand_over_session foreign key (customer_id, session_id) references session (customer_id, id) on delete cascade
);
create index hand_over_by_age on hand_over (expires_at);
create index hand_over_of_session on hand_over (customer_id, session_id);
call fence('hand_over');
create policy of_the_door on hand_over to portal_door using (true) with check (true);

grant insert on hand_over to portal_app;
grant select, delete on hand_over to portal_operator;
grant select, update (used_at) on hand_over to portal_door;
-- A new password puts whoever holds a cookie of the session out, on every site.
grant select (customer_id, session_id), delete on session_on_site to portal_app;
grant select, insert, update (token_hash, created_at), delete on session_on_site to portal_door;
grant select, delete on session_on_site to portal_operator;

alter table access_history drop constraint access_history_event_check;
alter table access_history add constraint access_history_event_check check (event in
  ('sign-in', 'sign-out', 'timed-out', 'failed', 'locked', 'unlocked', 'second-step-skipped', 'settings-opened'));

set local role portal_door;

-- Judged by one statement: of two that show a code at once, one alone comes through. A code that is shown once more was copied
-- by somebody, so whoever came by it is out, too.
create function door.redeem_hand_over(code bytea, shown_challenge bytea, on_site text, token bytea, moment timestamptz) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  given hand_over;
begin
  update hand_over set used_at = moment
    where code_hash = code and used_at is null and site = on_site and challenge = shown_challenge and expires_at > moment
    returning * into given;
  if found then
    insert into session_on_site (customer_id, session_id, site, token_hash, created_at)
      values (given.customer_id, given.session_id, on_site, token, moment)
      on conflict (customer_id, session_id, site) do update set token_hash = excluded.token_hash, created_at = excluded.created_at;
    return 'redeemed';
  end if;
  delete from session_on_site s using hand_over h
    where h.code_hash = code and h.used_at is not null and s.session_id = h.session_id and s.site = h.site;
  return case when found then 'used' else 'refused' end;
end $$;

-- By which token hash the session of another site's cookie is found: the same function judges it as on the portal.
create function door.session_on_site(token bytea, on_site text) returns bytea
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select s.token_hash from session_on_site o join session s on s.id = o.session_id where o.token_hash = token and o.site = on_site;
end;

grant execute on function door.redeem_hand_over(bytea, bytea, text, bytea, timestamptz), door.session_on_site(bytea, text) to portal_app;
reset role;

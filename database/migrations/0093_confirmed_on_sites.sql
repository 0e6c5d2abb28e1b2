-- The second factor that was shown on another site than the portal counts there alone, and on the portal for the portal: whoever has the cookie
-- of the one has not that of the other.
alter table session_on_site add column confirmed_at timestamptz not null default 'epoch';
grant update (confirmed_at) on session_on_site to portal_app;
grant update (confirmed_at) on session_on_site to portal_door;

set local role portal_door;

-- As it was; a new cookie has shown nothing yet.
create or replace function door.redeem_hand_over(code bytea, shown_challenge bytea, on_site text, token bytea, moment timestamptz) returns text
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
      on conflict (customer_id, session_id, site) do update
        set token_hash = excluded.token_hash, created_at = excluded.created_at, confirmed_at = 'epoch';
    return 'redeemed';
  end if;
  delete from session_on_site s using hand_over h
    where h.code_hash = code and h.used_at is not null and s.session_id = h.session_id and s.site = h.site;
  return case when found then 'used' else 'refused' end;
end $$;

-- When whoever has this cookie of another site has last shown the second factor there.
create function door.confirmed_on_site(token bytea, on_site text) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select o.confirmed_at from session_on_site o where o.token_hash = token and o.site = on_site;
end;
grant execute on function door.confirmed_on_site(bytea, text) to portal_app;

reset role;

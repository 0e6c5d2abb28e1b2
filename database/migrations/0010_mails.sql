create type mail_state as enum ('queued', 'sent', 'refused', 'expired', 'kept');

create table mail (
  -- Names the Message-ID too, so that it is the same at every try and a twin can be recognised (RFC 5322, 3.6.4).
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  user_id uuid,
  recipient text not null,
  kind text not null,
  language language not null,
  -- Subject and text, sealed by the application's key: they carry codes and links. Erased once sent or given up.
  sealed bytea,
  state mail_state not null default 'queued',
  tries integer not null default 0,
  last_tried_at timestamptz,
  last_problem text,
  created_at timestamptz not null,
  -- When it is given up.
  expires_at timestamptz not null,
  sent_at timestamptz,
  constraint mail_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index mail_newest on mail (created_at desc);
create index mail_of_customer on mail (customer_id, created_at desc);
create index mail_of_user on mail (customer_id, user_id);
create index mail_tried on mail (last_tried_at desc) where last_tried_at is not null;
call fence('mail');

create policy of_the_door on mail for select to portal_door using (true);
grant select (state, last_tried_at) on mail to portal_door;

grant insert on mail to portal_app;
grant select (id, customer_id, user_id, kind, state, tries, last_problem, created_at, sent_at) on mail to portal_app;
grant select, insert, update, delete on mail to portal_operator;

-- Hands a mail to the worker in the transaction that wrote it. The job carries the row's id and nothing else.
-- It is tried until the mail itself is given up, at its expires_at.
-- Belongs to the owner because only the owner may add jobs.
create function enqueue_mail(mail_id uuid) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('send-mail', json_build_object('mail', mail_id), max_attempts := 32767);
end $$;
grant execute on function enqueue_mail(uuid) to portal_app, portal_operator;

set local role portal_door;

-- Whether the newest try to hand over any mail failed: then a mailed code will be late for everybody.
create function door.mail_is_late() returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select coalesce((select state in ('queued', 'expired') from mail where last_tried_at is not null order by last_tried_at desc limit 1), false);
end;

grant execute on all functions in schema door to portal_app;
reset role;

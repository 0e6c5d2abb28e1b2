-- What staff do about mails that did not arrive.

-- Since when the address is known to take none: nothing that is merely wished for is sent there. Another address is another matter.
alter table portal_user add column mail_refused_at timestamptz;
create function forget_mail_refusal() returns trigger language plpgsql as $$
begin
  new.mail_refused_at := null;
  return new;
end $$;
create trigger forget_mail_refusal before update of mail on portal_user for each row
  when (old.mail is distinct from new.mail) execute function forget_mail_refusal();
create index portal_user_refuses_mails on portal_user (customer_id, id) where mail_refused_at is not null;
grant update (mail_refused_at) on portal_user to portal_staff;

-- Whether its text is of use after it was given up, for it carries neither code nor key: then it is kept for a while, to be sent again.
alter table mail add column can_be_resent boolean not null default false,
  -- When staff last had it sent again.
  add column resent_at timestamptz;
grant select (can_be_resent, resent_at) on mail to portal_staff;
create index mail_queued on mail (created_at) where state = 'queued';
create index mail_kept_to_resend on mail (created_at) where can_be_resent and state in ('refused', 'expired');

-- Code and enhanced code of the server that refused recipient or message (RFC 5321, 4.2; RFC 3463), such as 550 5.1.1; null: it was
-- not that which failed.
create function mail_answer(problem text) returns text language sql immutable parallel safe
  return substring(problem from '^(?:EENVELOPE RCPT TO|EMESSAGE(?: [A-Z ]+)?) (\d{3}[ -]\d\.\d{1,3}\.\d{1,3}|\d{3})\M');

-- Why a mail did not arrive, by what was heard of it last.
create function mail_cause(state mail_state, problem text) returns text language sql immutable parallel safe return case
  when problem is null then case state when 'refused' then 'no-address' else 'untried' end
  when mail_answer(problem) is null then 'ours'
  when mail_answer(problem) ~ '^[45]\d\d.5\.(1\.(2|10)|4\.4)$' then 'unknown-domain'
  when mail_answer(problem) ~ '^5\d\d.5\.1\.' then 'unknown-address'
  when mail_answer(problem) ~ '^\d\d\d.\d\.2\.2$|^[45]52$' then 'full'
  when mail_answer(problem) ~ '^5\d\d.5\.2\.' then 'closed'
  when mail_answer(problem) ~ '^5\d\d.5\.3\.4$' then 'too-large'
  when mail_answer(problem) ~ '^5\d\d.5\.7\.' then 'policy'
  when mail_answer(problem) ~ '^4' then 'busy'
  else 'refused'
end;
grant execute on function mail_answer(text), mail_cause(mail_state, text) to portal_staff, portal_operator;

-- Whether somebody still may see what a mail told is read from what was taken away meanwhile.
grant select on user_record, membership_record, right_record to portal_staff;

create policy resent_by_the_door on mail for update to portal_door using (true) with check (true);
grant select (id, customer_id, user_id, can_be_resent), update (state, recipient, expires_at, tries, last_problem, resent_at)
  on mail to portal_door;

set local role portal_door;

-- Has a mail that was given up sent again, to what is the address of its user now. Whoever could choose the address could have
-- another's mail sent to their own.
create function door.resend_mail(which uuid, moment timestamptz, give_up timestamptz) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update mail m set state = 'queued', recipient = u.mail, expires_at = give_up, tries = 0, last_problem = null, resent_at = moment
    from portal_user u
    where m.id = which and m.customer_id = app_customer() and m.can_be_resent and m.state in ('refused', 'expired')
      and u.customer_id = m.customer_id and u.id = m.user_id and u.state = 'active';
  return found;
end $$;
grant execute on function door.resend_mail(uuid, timestamptz, timestamptz) to portal_staff;
reset role;

-- Imports of files, as they were run: brought in the console and tried by the worker, or by the command line. Of nobody: a file is the
-- operator's, and names many customers.
create table import_run (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null,
  -- Who has brought it; null: the command line.
  staff_id uuid constraint import_run_staff references staff_member,
  -- S-0042, as it was then.
  staff_name text,
  name text not null check (char_length(name) between 1 and 255),
  -- Null: the file could not be read.
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  size integer,
  -- New users are sent no opening notice.
  holds_notices boolean not null default false,
  -- `waiting` to be tried, `tried`, `queued` to be applied, then `applied` or `failed`.
  state text not null check (state in ('waiting', 'tried', 'queued', 'applied', 'failed')),
  -- Until then what was tried can be applied, and its bytes are kept.
  expires_at timestamptz,
  -- Of each kind how many entries were made, changed and left as they were.
  counts jsonb not null default '[]',
  -- What was made and changed, with each field, and what only we have: the first of each kind.
  changes jsonb not null default '[]',
  unnamed jsonb not null default '[]',
  -- Why nothing was kept, for the person who wrote the file.
  faults jsonb not null default '[]',
  -- Contracts that there were, and of them those that it ends.
  contracts integer,
  ends integer,
  -- Who has had it applied, and that this may end so many.
  confirmed_by text,
  ends_confirmed boolean not null default false,
  finished_at timestamptz,
  constraint import_run_of_staff check ((staff_id is null) = (staff_name is null))
);
create index import_run_newest on import_run (at desc);
create index import_run_by_staff on import_run (staff_id);
create index import_run_failed on import_run (at) where state = 'failed';

-- The bytes of a file until it is applied, or can be no longer.
create table import_part (
  run_id uuid not null constraint import_part_of_run references import_run on delete cascade,
  number integer not null,
  bytes bytea not null,
  primary key (run_id, number)
);
alter table import_part alter bytes set storage external;

grant select, insert, update, delete on import_run, import_part to portal_operator;
grant select, insert, update (state, confirmed_by, ends_confirmed) on import_run to portal_staff;
-- They bring it, and only the worker reads it.
grant insert on import_part to portal_staff;

-- Has the worker try or apply a file. Belongs to the owner because only the owner may add jobs.
create function enqueue_import_run(run uuid) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('run-import', json_build_object('run', run), max_attempts := 5);
end $$;
grant execute on function enqueue_import_run(uuid) to portal_staff;

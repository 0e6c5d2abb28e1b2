-- Tickets go both ways: what customers write, what they are answered, files, and what staff note among themselves.

alter table service add column answer_hours integer not null default 24 check (answer_hours between 1 and 8760);
comment on column service.answer_hours is 'Within so many hours an inquiry is answered.';

-- New states are texts: an enum is not leakproof, and cannot lose a value.
alter table ticket
  alter column state type text using state::text,
  -- Null: it is about the portal itself, and its author, those taking part and administrators see it.
  alter column service_id drop not null,
  add column version integer not null default 1,
  -- `operator`: brought by a file. What a customer has written, no file changes.
  add column origin text not null default 'operator' check (origin in ('portal', 'operator', 'api')),
  -- In which it was written.
  add column language language,
  add column opened_by uuid,
  add column opened_by_name text not null default '',
  add column impact text check (impact in ('down', 'partly', 'question')),
  add column occurred_at timestamptz,
  -- How its author is reached.
  add column contact text not null default '' check (length(contact) <= 200),
  -- A member of the house.
  add column assigned_to uuid,
  -- Promised to whoever wrote last; null: the customer has been answered.
  add column answer_due_at timestamptz,
  add column solved_at timestamptz,
  -- When it was said that it is about to be closed.
  add column closing_told_at timestamptz,
  add column closed_at timestamptz,
  -- The earlier one that this goes on with.
  add column follows uuid,
  add constraint ticket_of_customer unique (customer_id, id),
  add constraint ticket_state_known check (state in ('received', 'open', 'waiting-for-customer', 'solved', 'closed')),
  add constraint ticket_contract_has_service check (contract_id is null or service_id is not null),
  add constraint ticket_opened_by foreign key (customer_id, opened_by) references portal_user (customer_id, id),
  add constraint ticket_assigned_to foreign key (assigned_to) references portal_user (id),
  add constraint ticket_follows foreign key (customer_id, follows) references ticket (customer_id, id);
drop type ticket_state;
update ticket set closed_at = updated_at where state = 'closed';
alter table ticket add constraint ticket_closed check (closed_at is null or state = 'closed');
create index ticket_by_author on ticket (customer_id, opened_by, opened_at desc);
create index ticket_follows_ticket on ticket (customer_id, follows);
create index ticket_of_assignee on ticket (assigned_to);
create index ticket_due on ticket (answer_due_at) where answer_due_at is not null;
create index ticket_solved on ticket (solved_at) where state = 'solved';

-- The number drawn last for a ticket that a customer opens.
create table ticket_counter (
  customer_id uuid primary key references customer,
  last_number integer not null default 0
);
call fence('ticket_counter');

-- Further contracts that a ticket is about: whoever sees one of them sees the ticket.
create table ticket_contract (
  customer_id uuid not null,
  ticket_id uuid not null,
  contract_id uuid not null,
  primary key (customer_id, ticket_id, contract_id),
  constraint ticket_contract_ticket foreign key (customer_id, ticket_id) references ticket (customer_id, id),
  constraint ticket_contract_contract foreign key (customer_id, contract_id) references contract (customer_id, id)
);
create index ticket_contract_of_contract on ticket_contract (customer_id, contract_id);
call fence('ticket_contract');

-- Who is mailed about a ticket, without any right more.
create table ticket_person (
  customer_id uuid not null,
  ticket_id uuid not null,
  user_id uuid not null,
  primary key (customer_id, ticket_id, user_id),
  constraint ticket_person_ticket foreign key (customer_id, ticket_id) references ticket (customer_id, id),
  constraint ticket_person_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index ticket_person_of_user on ticket_person (customer_id, user_id);
call fence('ticket_person');

create table ticket_message (
  customer_id uuid not null,
  ticket_id uuid not null,
  number integer not null check (number > 0),
  at timestamptz not null,
  by text not null check (by in ('customer', 'operator', 'system')),
  -- A user of the customer's, or a member of the house; null: a file or the clock.
  author_id uuid,
  author_name text not null,
  text text not null check (length(text) <= 20000),
  -- To which it brought the ticket; null: nothing changed by it.
  state_after text check (state_after in ('received', 'open', 'waiting-for-customer', 'solved', 'closed')),
  primary key (customer_id, ticket_id, number),
  constraint ticket_message_ticket foreign key (customer_id, ticket_id) references ticket (customer_id, id)
);
create index ticket_message_by_author on ticket_message (customer_id, author_id, at desc);
call fence('ticket_message');

-- What staff note among themselves. The portal's role has no right on it at all.
create table ticket_note (
  customer_id uuid not null,
  ticket_id uuid not null,
  number integer not null check (number > 0),
  at timestamptz not null,
  staff_id uuid,
  staff_name text not null,
  text text not null check (length(text) <= 20000),
  primary key (customer_id, ticket_id, number),
  constraint ticket_note_ticket foreign key (customer_id, ticket_id) references ticket (customer_id, id)
);
call fence('ticket_note');

-- A file. Whoever sees what it is about sees it; its id alone opens nothing.
create table attachment (
  customer_id uuid not null references customer,
  id uuid not null default gen_random_uuid(),
  about text not null check (about in ('ticket', 'request', 'order', 'outage')),
  about_id uuid not null,
  -- The message that it came with.
  message integer,
  at timestamptz not null,
  name text not null check (length(name) between 1 and 200),
  -- By its content. A picture is one that we have drawn ourselves.
  type text not null check (type in ('png', 'jpeg', 'webp', 'pdf', 'text', 'csv')),
  size integer not null check (size between 0 and 10485760),
  sha256 bytea not null check (octet_length(sha256) = 32),
  width integer,
  height integer,
  state text not null check (state in ('waiting', 'clean', 'unchecked', 'refused', 'removed')),
  problem text,
  primary key (customer_id, id)
);
create index attachment_of on attachment (customer_id, about, about_id, message);
call fence('attachment');

create table attachment_part (
  customer_id uuid not null,
  attachment_id uuid not null,
  number integer not null check (number >= 0),
  bytes bytea not null check (octet_length(bytes) <= 262144),
  primary key (customer_id, attachment_id, number),
  constraint attachment_part_attachment foreign key (customer_id, attachment_id) references attachment (customer_id, id) on delete cascade
);
-- Most of it is compressed already.
alter table attachment_part alter bytes set storage external;
call fence('attachment_part');

grant insert, update (state, updated_at, version, answer_due_at, solved_at, closing_told_at, closed_at) on ticket to portal_app;
grant select, insert, update (last_number) on ticket_counter to portal_app;
grant select, insert, delete on ticket_contract, ticket_person to portal_app;
grant select, insert on ticket_message, attachment, attachment_part to portal_app;
grant select, insert, update, delete on ticket_counter, ticket_contract, ticket_person, ticket_message, ticket_note, attachment, attachment_part to portal_operator;

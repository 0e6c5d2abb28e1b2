create table pbx.extension (
  customer_id uuid,
  contract_id uuid,
  number text,
  name text not null default '' check (char_length(name) <= 40),
  kana text not null default '' check (char_length(kana) <= 80),
  -- What is shown to those called outside; null: the line's main number.
  caller_number text,
  hides_caller boolean not null default false,
  ring_seconds integer not null default 20 check (ring_seconds between 5 and 120),
  is_enabled boolean not null default true,
  -- What keywords are looked for in.
  search text generated always as (fold_search(number || E'\n' || name || E'\n' || kana)) stored,
  version integer not null default 1,
  primary key (customer_id, contract_id, number),
  constraint extension_number foreign key (customer_id, contract_id, number)
    references pbx.inside_number on update cascade on delete cascade,
  constraint extension_caller_number foreign key (customer_id, contract_id, caller_number) references pbx.external_number
);
create index extension_search on pbx.extension (customer_id, contract_id, number) include (search);
create index extension_by_caller on pbx.extension (customer_id, contract_id, caller_number) where caller_number is not null;
alter table pbx.external_number add constraint external_number_closed_voicemail foreign key (customer_id, contract_id, closed_voicemail)
  references pbx.extension on update cascade;
create index external_number_by_voicemail on pbx.external_number (customer_id, contract_id, closed_voicemail)
  where closed_voicemail is not null;

create table pbx.call_group (
  customer_id uuid,
  contract_id uuid,
  number text,
  name text not null check (char_length(name) between 1 and 40),
  -- All at once, one after another, or one after another from the one after whom a call has rung last.
  kind text not null check (kind in ('simultaneous', 'sequential', 'even')),
  -- Of each member, or of all at once.
  ring_seconds integer not null default 15 check (ring_seconds between 5 and 120),
  -- Where calls go that nobody has taken: one of these, or nowhere.
  then_inside text constraint call_group_then_another check (then_inside <> number),
  then_outside text check (then_outside ~ '^0\d{8,10}$'),
  then_voicemail text,
  version integer not null default 1,
  primary key (customer_id, contract_id, number),
  constraint call_group_number foreign key (customer_id, contract_id, number)
    references pbx.inside_number on update cascade on delete cascade,
  constraint call_group_then_inside foreign key (customer_id, contract_id, then_inside)
    references pbx.inside_number on update cascade,
  constraint call_group_then_voicemail foreign key (customer_id, contract_id, then_voicemail)
    references pbx.extension on update cascade,
  constraint call_group_then_once check (num_nonnulls(then_inside, then_outside, then_voicemail) <= 1)
);
create index call_group_by_then on pbx.call_group (customer_id, contract_id, then_inside) where then_inside is not null;
create index call_group_by_voicemail on pbx.call_group (customer_id, contract_id, then_voicemail) where then_voicemail is not null;

create table pbx.call_group_member (
  customer_id uuid,
  contract_id uuid,
  call_group text,
  extension text,
  -- From 1, in the order in which they ring.
  position integer not null,
  is_paused boolean not null default false,
  primary key (customer_id, contract_id, call_group, extension),
  -- Deferrable, for an order may change as a whole.
  constraint call_group_member_position unique (customer_id, contract_id, call_group, position) deferrable,
  constraint call_group_member_group foreign key (customer_id, contract_id, call_group)
    references pbx.call_group on update cascade on delete cascade,
  constraint call_group_member_extension foreign key (customer_id, contract_id, extension)
    references pbx.extension on update cascade
);
create index call_group_member_by_extension on pbx.call_group_member (customer_id, contract_id, extension);

-- Where calls to an extension go instead.
create table pbx.forward (
  customer_id uuid,
  contract_id uuid,
  extension text,
  condition text check (condition in ('always', 'busy', 'no-answer', 'unreachable')),
  to_inside text constraint forward_to_another check (to_inside <> extension),
  to_outside text check (to_outside ~ '^0\d{8,10}$'),
  to_voicemail boolean not null default false,
  primary key (customer_id, contract_id, extension, condition),
  constraint forward_somewhere check (num_nonnulls(to_inside, to_outside) + to_voicemail::integer = 1),
  constraint forward_extension foreign key (customer_id, contract_id, extension)
    references pbx.extension on update cascade on delete cascade,
  constraint forward_to_inside foreign key (customer_id, contract_id, to_inside)
    references pbx.inside_number on update cascade
);
create index forward_by_inside on pbx.forward (customer_id, contract_id, to_inside) where to_inside is not null;

call pbx.fence('pbx.extension');
call pbx.fence('pbx.call_group');
call pbx.fence('pbx.call_group_member');
call pbx.fence('pbx.forward');

grant select, insert, update, delete on pbx.extension, pbx.call_group, pbx.call_group_member, pbx.forward
  to portal_app, portal_operator;
grant select on pbx.extension, pbx.call_group, pbx.call_group_member, pbx.forward to telephone_engine;

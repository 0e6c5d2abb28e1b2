-- How an order goes on: when each step is planned or was done, what is said of it, and what there is to know at the opening.
alter table contract_order
  add constraint contract_order_of_customer unique (customer_id, id),
  add column version integer not null default 1,
  -- How often there was something to tell by mail: another state, another day, an opening.
  add column news integer not null default 1,
  -- 開通案内
  add column opening_ja text check (char_length(opening_ja) between 1 and 5000),
  add column opening_en text check (char_length(opening_en) between 1 and 5000),
  -- When staff changed it last in the console: a file that knows less changes nothing of it.
  add column worked_on_at timestamptz,
  add constraint contract_order_opening_in_japanese check (opening_en is null or opening_ja is not null);

create function raise_order_version() returns trigger language plpgsql as $$
begin
  new.version = old.version + 1;
  if (new.state, new.delivery_on, new.opening_ja, new.opening_en)
      is distinct from (old.state, old.delivery_on, old.opening_ja, old.opening_en) then
    new.news = old.news + 1;
  end if;
  return new;
end $$;
create trigger raise_order_version before update on contract_order
  for each row when (old is distinct from new) execute function raise_order_version();

create table contract_order_step (
  customer_id uuid not null references customer,
  order_id uuid not null,
  state text not null check (state in ('received', 'surveying', 'constructing', 'ready', 'completed')),
  -- For which it is planned; once it is passed, on which it was.
  day date,
  note_ja text check (char_length(note_ja) between 1 and 1000),
  note_en text check (char_length(note_en) between 1 and 1000),
  primary key (customer_id, order_id, state),
  constraint contract_order_step_of_order foreign key (customer_id, order_id) references contract_order (customer_id, id),
  constraint contract_order_step_says_something check (num_nonnulls(day, note_ja) > 0),
  constraint contract_order_step_in_japanese check (note_en is null or note_ja is not null)
);
call fence('contract_order_step');
call staff_fence('contract_order_step');

-- What people are told of is an incident, or an order.
alter table told rename column incident_id to subject_id;
alter table told drop constraint told_kind_check,
  add constraint told_kind_known check (kind in ('opened', 'update', 'ended', 'left', 'withdrawn', 'announced', 'moved', 'tomorrow', 'cancelled', 'order'));
alter table mail_wish drop constraint mail_wish_topic_known,
  add constraint mail_wish_topic_known check (topic in ('fault', 'works', 'order', 'ticket', 'news'));

grant select on contract_order_step to portal_app;
grant select, insert, update, delete on contract_order_step to portal_operator, portal_staff;
grant update (state, delivery_on, opening_ja, opening_en, updated_at, worked_on_at) on contract_order to portal_staff;

-- Lets the worker tell how an order goes on, in the transaction that changed it; what is newer takes the place of what waits.
-- Belongs to the owner because only the owner may add jobs.
create function enqueue_tell_order(of_order uuid, news integer) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('tell-order', json_build_object('order', of_order, 'news', news),
    job_key := 'tell order ' || of_order, max_attempts := 100);
end $$;
grant execute on function enqueue_tell_order(uuid, integer) to portal_operator, portal_staff;

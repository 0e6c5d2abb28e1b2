-- What one member of staff alone must not do: somebody asks for it, another member of `security` says yes, and the worker does it, who
-- judges everything again. Neither the console's role nor the portal's can do any of it.

create table staff_request (
  id uuid primary key default gen_random_uuid(),
  -- Whom it concerns: a customer, or the house.
  customer_id uuid not null references customer,
  kind text not null check (kind in ('factor-reset', 'administrator-made', 'administrator-added', 'staff-added', 'staff-roles', 'staff-resumed')),
  -- Who it is about; null: somebody who is no user yet.
  user_id uuid,
  -- What that user was when it was asked for; of a new one who it shall be, until it is done or over.
  facts jsonb not null,
  reason text not null check (char_length(reason) between 1 and 500),
  asked_by uuid not null constraint staff_request_asker references staff_member,
  asked_at timestamptz not null,
  -- Null with a decision: at the server's command line.
  decided_by uuid constraint staff_request_decider references staff_member,
  decided_at timestamptz,
  decision text check (decision in ('approved', 'declined')),
  -- Not done before: meanwhile everybody concerned has been told.
  due_at timestamptz,
  carried_out_at timestamptz,
  -- Why it was not done although it was approved.
  problem text,
  constraint staff_request_user foreign key (customer_id, user_id) references portal_user (customer_id, id),
  constraint staff_request_of_two check (decided_by <> asked_by),
  constraint staff_request_decided_when check ((decision is null) = (decided_at is null)),
  constraint staff_request_decided_by_somebody check (decided_by is null or decision is not null),
  constraint staff_request_done_after_yes check ((carried_out_at is null and problem is null) or decision = 'approved'),
  constraint staff_request_done_or_not check (carried_out_at is null or problem is null)
);
create index staff_request_of_user on staff_request (customer_id, user_id);
create index staff_request_by_asker on staff_request (asked_by);
create index staff_request_by_decider on staff_request (decided_by);
create index staff_request_newest on staff_request (asked_at desc);
create index staff_request_undecided on staff_request (asked_at) where decision is null;
create index staff_request_to_be_done on staff_request (decided_at) where decision = 'approved' and carried_out_at is null and problem is null;
create index staff_request_with_person on staff_request (asked_at) where facts ? 'person';
call fence('staff_request');
call staff_fence('staff_request');

-- A decision is made once, of what was asked for; what became of it, too. Whoever changes the row.
create function keep_decision() returns trigger language plpgsql as $$
begin
  if (new.customer_id, new.kind, new.user_id, new.reason, new.asked_by, new.asked_at, new.facts - 'person')
      is distinct from (old.customer_id, old.kind, old.user_id, old.reason, old.asked_by, old.asked_at, old.facts - 'person')
    or old.decision is not null and (new.decision, new.decided_by, new.decided_at) is distinct from (old.decision, old.decided_by, old.decided_at)
    or (old.carried_out_at is not null or old.problem is not null)
      and (new.carried_out_at, new.problem) is distinct from (old.carried_out_at, old.problem)
  then
    raise exception 'a request of staff is decided once, and stays what it was' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger staff_request_is_kept before update on staff_request for each row execute function keep_decision();

grant select on staff_request to portal_operator, portal_staff;
grant insert (customer_id, kind, user_id, facts, reason, asked_by, asked_at), update (decided_by, decided_at, decision) on staff_request to portal_staff;
grant update (decided_at, decision, due_at, carried_out_at, problem, facts) on staff_request to portal_operator;

-- What the worker does then.
grant delete on user_credential, recovery_code to portal_operator;
grant select (customer_id, user_id) on recovery_code to portal_operator;
set local role portal_door;
grant execute on function door.is_address_taken(text) to portal_operator;
reset role;

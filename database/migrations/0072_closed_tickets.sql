-- What was closed before it was noted when: without a role that sees rows, the migration that was to do it saw none.
set local role portal_operator;
update ticket set closed_at = updated_at where state = 'closed' and closed_at is null;
reset role;
alter table ticket drop constraint ticket_closed,
  add constraint ticket_closed check ((closed_at is not null) = (state = 'closed'));

-- A notice that is mailed to very many is published by two members of staff: one asks, another says yes, the worker does it.
alter table staff_request drop constraint staff_request_kind_check;
alter table staff_request add constraint staff_request_kind_check check (kind in ('factor-reset', 'administrator-made', 'administrator-added',
  'staff-added', 'staff-roles', 'staff-resumed', 'notice-published'));
create index staff_request_of_notice on staff_request ((facts -> 'notice' ->> 'id')) where facts ? 'notice';
grant update (state, updated_at, published_at) on notice_campaign to portal_operator;

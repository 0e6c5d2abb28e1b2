-- Whose midnight it is: planned changes take effect when a day of the customer's begins.
alter table customer add column time_zone text not null default 'Asia/Tokyo';

-- That a user shall join or leave a group on a day to come. It is judged when it is planned, and again on that day.
create table planned_membership (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  user_group_id uuid not null,
  user_id uuid not null,
  joins boolean not null,
  -- From the beginning of this day on, in the customer's zone.
  due_on date not null,
  planned_by uuid not null,
  planned_at timestamptz not null,
  -- Why it was not done on its day; null: it waits. What was done is a membership, and stands in the history.
  refused text check (refused in ('last-administrator', 'user-gone', 'planner-gone')),
  constraint planned_membership_once unique (customer_id, user_group_id, user_id, due_on),
  constraint planned_membership_group foreign key (customer_id, user_group_id) references user_group (customer_id, id) on delete cascade,
  constraint planned_membership_user foreign key (customer_id, user_id) references portal_user (customer_id, id),
  constraint planned_membership_planner foreign key (customer_id, planned_by) references portal_user (customer_id, id)
);
create index planned_membership_of_user on planned_membership (customer_id, user_id);
create index planned_membership_of_group on planned_membership (customer_id, user_group_id);
create index planned_membership_of_planner on planned_membership (customer_id, planned_by);
create index planned_membership_due on planned_membership (due_on) where refused is null;
call fence('planned_membership');
grant select, insert, delete on planned_membership to portal_app;
grant select, insert, delete, update (refused) on planned_membership to portal_operator;

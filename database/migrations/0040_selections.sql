-- Rows of a list that a user has ticked, over all of its pages. Ids that are gone by now are left out when it is read.
create table selection (
  customer_id uuid not null,
  user_id uuid not null,
  -- The path of the list.
  list text not null check (char_length(list) between 1 and 200),
  ids uuid[] not null check (cardinality(ids) <= 1000),
  ticked_at timestamptz not null,
  primary key (customer_id, user_id, list),
  constraint selection_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
call fence('selection');
grant select, insert, delete on selection to portal_app;

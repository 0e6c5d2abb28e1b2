-- What customers order in the portal: the forms of a service, requests made with them, and the approval of a customer's administrator.

alter table service add column order_forms jsonb not null default '[]';
comment on column service.order_forms is 'Forms by which it is ordered, changed or ended, as the operator''s file has them.';

alter table customer add column orders_need_approval boolean not null default false;
comment on column customer.orders_need_approval is 'Whether what users ask for goes to the operator only once an administrator has approved it.';
grant update (orders_need_approval) on customer to portal_app;

-- The number drawn last for a request.
create table order_request_counter (
  customer_id uuid primary key references customer,
  last_number integer not null default 0
);
call fence('order_request_counter');
call staff_fence('order_request_counter');

create table order_request (
  customer_id uuid not null references customer,
  id uuid not null default gen_random_uuid(),
  code text not null,
  service_id uuid not null constraint order_request_service references service,
  -- The contract that it changes or ends, and whose rights count for it. Null: it asks for a new one, and those of the service count.
  contract_id uuid,
  kind text not null check (kind in ('new', 'change', 'end')),
  title_ja text not null,
  title_en text not null,
  -- As it was when it was filled in.
  form jsonb not null,
  -- By the codes of its fields.
  answers jsonb not null,
  wished_on date,
  state text not null check (state in ('awaiting-approval', 'sent', 'accepted', 'returned', 'rejected', 'withdrawn')),
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  -- By the administrator, or by whoever has asked and took it back.
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  -- By the operator; S-0042, as customers read it.
  answered_by text,
  answered_at timestamptz,
  -- Why it was rejected or returned.
  reason text check (char_length(reason) between 1 and 1000),
  order_id uuid,
  -- The one that this asks for once more.
  follows uuid,
  updated_at timestamptz not null,
  primary key (customer_id, id),
  constraint order_request_code_taken unique (customer_id, code),
  constraint order_request_contract foreign key (customer_id, contract_id) references contract (customer_id, id),
  constraint order_request_asked_by foreign key (customer_id, asked_by) references portal_user (customer_id, id),
  constraint order_request_decided_by foreign key (customer_id, decided_by) references portal_user (customer_id, id),
  constraint order_request_order foreign key (customer_id, order_id) references contract_order (customer_id, id),
  constraint order_request_follows foreign key (customer_id, follows) references order_request (customer_id, id),
  constraint order_request_of_contract check ((contract_id is null) = (kind = 'new')),
  constraint order_request_has_reason check ((state in ('returned', 'rejected')) = (reason is not null)),
  constraint order_request_made_order check ((state = 'accepted') = (order_id is not null)),
  constraint order_request_not_approved_by_asker check (state not in ('sent', 'accepted', 'returned', 'rejected') or decided_by is distinct from asked_by)
);
create index order_request_newest on order_request (customer_id, asked_at desc, code desc);
create index order_request_of_contract_id on order_request (customer_id, contract_id);
create index order_request_of_service on order_request (service_id);
create index order_request_by_asker on order_request (customer_id, asked_by, asked_at desc);
create index order_request_by_decider on order_request (customer_id, decided_by);
create index order_request_of_order on order_request (customer_id, order_id);
create index order_request_followed on order_request (customer_id, follows);
create index order_request_sent on order_request (asked_at) where state = 'sent';
call fence('order_request');
call staff_fence('order_request');

grant select, insert, update (last_number) on order_request_counter to portal_app;
grant select, insert, update (state, decided_by, decided_by_name, decided_at, reason, updated_at) on order_request to portal_app;
grant select, insert, update, delete on order_request, order_request_counter to portal_operator;
grant select on order_request to portal_staff;
grant update (state, answered_by, answered_at, reason, order_id, updated_at) on order_request to portal_staff;
-- What is accepted becomes an order.
grant insert on contract_order to portal_staff;
create index contract_order_under_way on contract_order (state) where state not in ('completed', 'cancelled');

-- What has become of a setting that was copied to several contracts at once: for whoever has done it. Each copy is a change of its
-- own contract.
create table pbx.copy_run (
  customer_id uuid,
  -- From which it was copied.
  contract_id uuid,
  id uuid default gen_random_uuid(),
  at timestamptz not null,
  actor_id uuid not null,
  action text not null,
  subject text not null,
  -- In each contract.
  outcomes jsonb not null check (jsonb_typeof(outcomes) = 'array'),
  primary key (customer_id, contract_id, id),
  constraint copy_run_line foreign key (customer_id, contract_id) references pbx.line
);
call pbx.fence('pbx.copy_run');
grant select, insert on pbx.copy_run to portal_app;
grant select, delete on pbx.copy_run to portal_operator;

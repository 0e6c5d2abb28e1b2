-- メール通知: of what a user wishes to be told by mail, and about what of it; without any of the three, about all that they may see.
create table mail_wish (
  customer_id uuid not null references customer,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  topic text not null constraint mail_wish_topic_known check (topic in ('fault', 'works')),
  service_id uuid constraint mail_wish_service references service,
  site_id uuid,
  contract_id uuid,
  made_at timestamptz not null,
  primary key (customer_id, id),
  constraint mail_wish_of_user foreign key (customer_id, user_id) references portal_user (customer_id, id),
  constraint mail_wish_site foreign key (customer_id, site_id) references site (customer_id, id),
  constraint mail_wish_contract foreign key (customer_id, contract_id) references contract (customer_id, id),
  constraint mail_wish_about_one check (num_nonnulls(service_id, site_id, contract_id) <= 1),
  constraint mail_wish_made unique nulls not distinct (customer_id, user_id, topic, service_id, site_id, contract_id)
);
create index mail_wish_of_topic on mail_wish (customer_id, topic, user_id);
create index mail_wish_by_service on mail_wish (service_id) where service_id is not null;
create index mail_wish_by_site on mail_wish (customer_id, site_id) where site_id is not null;
create index mail_wish_by_contract on mail_wish (customer_id, contract_id) where contract_id is not null;
call fence('mail_wish');
call staff_fence('mail_wish');

-- Who was told what of an incident. Written with the mail, so that nobody is told twice, whenever the work was broken off.
create table told (
  customer_id uuid not null references customer,
  user_id uuid not null,
  incident_id uuid not null,
  kind text not null check (kind in ('opened', 'update', 'ended', 'withdrawn', 'announced', 'moved', 'tomorrow', 'cancelled')),
  -- Of an update or a date which it was; otherwise 0.
  number integer not null,
  told_at timestamptz not null,
  primary key (customer_id, incident_id, user_id, kind, number),
  constraint told_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index told_by_user on told (customer_id, user_id);
create index told_by_age on told (told_at);
call fence('told');
call staff_fence('told');

grant select, insert, delete on mail_wish to portal_app;
grant select, delete on mail_wish to portal_operator;
grant select, insert, delete on told to portal_operator;
grant select on mail_wish, told to portal_staff;

-- Lets the worker tell of an incident, in the transaction that changed it; again under the same key, it is moved instead of added.
-- Belongs to the owner because only the owner may add jobs.
create function enqueue_tell(incident uuid, kind text, number integer, run_at timestamptz) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('tell', json_build_object('incident', incident, 'kind', kind, 'number', number),
    run_at := run_at, job_key := 'tell ' || incident || ' ' || kind || ' ' || number, max_attempts := 100);
end $$;
grant execute on function enqueue_tell(uuid, text, integer, timestamptz) to portal_operator, portal_staff;

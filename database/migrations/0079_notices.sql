-- お知らせ as the operator has it: drafted, looked at, and published, which makes of it a notice for every customer, or one for each of
-- those that were chosen. Customers never read it: what is not published yet is no row of theirs.
create table notice_campaign (
  id uuid primary key default gen_random_uuid(),
  number integer not null generated always as identity constraint notice_campaign_number_taken unique,
  kind notice_kind not null,
  title_ja text not null,
  title_en text not null,
  body_ja text not null,
  body_en text not null,
  -- Null: all of them.
  customers uuid[],
  -- For whoever sees a contract of one of these services; null: for all.
  for_services uuid[],
  for_administrators boolean not null,
  is_important boolean not null,
  by_mail boolean not null,
  published_at timestamptz not null,
  ends_at timestamptz,
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  -- S-0042, as it was then.
  made_by text not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  constraint notice_campaign_ends_after_published check (ends_at > published_at),
  constraint notice_campaign_for_somebody check (cardinality(customers) > 0 and cardinality(for_services) > 0)
);
create index notice_campaign_newest on notice_campaign (published_at desc);

alter table notice add column campaign_id uuid constraint notice_campaign_of references notice_campaign,
  add column for_services uuid[],
  add column for_administrators boolean not null default false,
  add column is_important boolean not null default false,
  add column withdrawn_at timestamptz,
  add constraint notice_once_of_campaign unique nulls not distinct (campaign_id, customer_id, code);
create index notice_of_campaign on notice (campaign_id) where campaign_id is not null;

-- News is told by mail as a whole: it is about no contract.
alter table mail_wish
  add constraint mail_wish_news_of_all check (topic <> 'news' or num_nonnulls(service_id, site_id, contract_id) = 0);

-- Who was sent which notice. Written with the mail, so that nobody is sent it twice, whenever the work was broken off.
create table notice_told (
  customer_id uuid not null references customer,
  user_id uuid not null,
  campaign_id uuid not null constraint notice_told_campaign references notice_campaign,
  told_at timestamptz not null,
  primary key (customer_id, campaign_id, user_id),
  constraint notice_told_user foreign key (customer_id, user_id) references portal_user (customer_id, id)
);
create index notice_told_by_user on notice_told (customer_id, user_id);
create index notice_told_of_campaign on notice_told (campaign_id);
call fence('notice_told');
call staff_fence('notice_told');

grant select, insert, update on notice_campaign to portal_staff;
grant select, update (version) on notice_campaign to portal_operator;
grant select, insert on notice_told to portal_operator;
grant select on notice_told to portal_staff;

-- Has the worker make what was published into notices, for staff write for one customer at a time; and at the moment from which it is
-- shown send it to those who wish it. Belong to the owner because only the owner may add jobs.
create function enqueue_notices(campaign uuid) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('publish-notices', json_build_object('campaign', campaign), max_attempts := 100);
end $$;
create function enqueue_notice_mails(campaign uuid, run_at timestamptz) returns void language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('mail-notices', json_build_object('campaign', campaign), run_at := run_at,
    job_key := 'mail notices ' || campaign, max_attempts := 100);
end $$;
grant execute on function enqueue_notices(uuid) to portal_staff;
grant execute on function enqueue_notice_mails(uuid, timestamptz) to portal_operator;

-- What staff have read of what users say, and done about it.
alter table feedback add column key uuid not null default gen_random_uuid() constraint feedback_key unique,
  add column done_at timestamptz, add column done_by text, add column ticket_id uuid,
  add constraint feedback_ticket foreign key (customer_id, ticket_id) references ticket (customer_id, id);
create index feedback_open on feedback (at desc) where done_at is null;
create index feedback_of_ticket on feedback (customer_id, ticket_id) where ticket_id is not null;
grant update (done_at, done_by, ticket_id) on feedback to portal_staff;
alter table address_clash add column key uuid not null default gen_random_uuid() constraint address_clash_key unique,
  add column done_at timestamptz, add column done_by text;
grant update (done_at, done_by) on address_clash to portal_staff;

-- The staff say when a site is closed, as the command line does.
grant update (closed_from, closed_until, mode, text_ja, text_en) on site_state to portal_staff;

-- What a user has said of a page is answered in a ticket of that user's.
grant insert (customer_id, code, service_id, contract_id, kind, title_ja, title_en, state, origin, language, opened_by, opened_by_name, impact,
  occurred_at, contact, follows, opened_at, updated_at) on ticket to portal_staff;
grant select, insert, update (last_number) on ticket_counter to portal_staff;

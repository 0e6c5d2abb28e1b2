-- An office of many people has one address. A network from which somebody has logged in lately may wish for more URLs.
alter table reissue_budget add column logged_in_at timestamptz;
grant update (asked, logged_in_at) on reissue_budget to portal_app;
-- One beyond the budget is taken like any other, so that nobody sees a bound, and dropped by the worker.
alter table first_login_request add column is_dropped boolean not null default false;

-- How often a login was told why its code does not fit, and the codes that were told: none of them is accepted when its time comes.
alter table sign_in add column hints integer not null default 0;
alter table user_credential add column totp_refused_steps bigint[] not null default '{}';
grant update (hints) on sign_in to portal_app;
grant update (totp_refused_steps) on user_credential to portal_app;

-- Since when somebody is in a group, and a rule says what it says: who may see what is then known with its beginning. Of what is
-- older than this, the beginning is not known.
alter table user_group_member add column since timestamptz;
alter table user_group_member alter column since set default now();
alter table user_group_right add column since timestamptz;
alter table user_group_right alter column since set default now();
grant update (since) on user_group_right to portal_app;

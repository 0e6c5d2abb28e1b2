-- The portal's own works are announced, too, to whoever is about to log in.
alter table site_state drop constraint site_state_site_check,
  add constraint site_state_site_check check (site in ('portal', 'settings'));
insert into site_state (site) values ('portal');

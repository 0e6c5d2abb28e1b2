-- What is known of another site of this installation without asking it: whether its processes live, and when the operator has
-- closed it. Of nobody in particular.
create table site_state (
  site text primary key check (site in ('settings')),
  -- When a process of it last said that it lives.
  seen_at timestamptz,
  -- The maintenance that is announced or under way.
  closed_from timestamptz,
  closed_until timestamptz,
  mode text check (mode in ('closed', 'read-only')),
  text_ja text,
  text_en text,
  constraint site_state_maintenance_is_whole check (num_nulls(closed_from, closed_until, mode, text_ja, text_en) in (0, 5)),
  constraint site_state_maintenance_forward check (closed_from < closed_until)
);
insert into site_state (site) values ('settings');
grant select, update (seen_at) on site_state to portal_app;
grant select, update on site_state to portal_operator;

-- After an import the findings of lines are counted anew, and ask for holidays.
grant select on pbx.national_holiday to portal_operator;

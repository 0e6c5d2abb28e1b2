-- When a job was last done: one of each minute does nothing but write it here. Whatever keeps jobs from being done shows in it,
-- to every process that can read the database.
create table job_pulse (
  at timestamptz not null default now()
);
create unique index job_pulse_one_row on job_pulse ((true));
insert into job_pulse default values;
grant select on job_pulse to portal_app;
grant select, update on job_pulse to portal_operator;

-- An inquiry may be about a fault or works: whoever asks from there says so, or staff join it. What is said at the end reaches all of them.
alter table ticket add column incident_id uuid,
  add constraint ticket_incident foreign key (customer_id, incident_id) references incident (customer_id, id);
create index ticket_of_incident on ticket (customer_id, incident_id) where incident_id is not null;
grant update (incident_id) on ticket to portal_staff;
call mask('ticket', '{
  "opened_by_name": "case when r.opened_by is null or r.opened_by = viewed_user() then r.opened_by_name else masked_name(r.opened_by_name) end",
  "contact": "case when r.opened_by is null or r.opened_by = viewed_user() then r.contact else $$$$ end"
}');

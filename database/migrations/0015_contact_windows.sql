-- Where customers ask and report faults: { "name": { "ja", "en" }, "phone"?, "hours"?: { "ja", "en" }, "url"? }.
-- A service's own, and the operator's for everything else.
alter table service add column contact_window jsonb;
alter table operator add column contact_window jsonb;

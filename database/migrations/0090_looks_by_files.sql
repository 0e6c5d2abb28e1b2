-- Whoever tries an import file reads what customers have now, which is a look at each of them. The worker notes it, for it tries the file.
grant insert (customer_id, at, staff_id, path) on staff_visit to portal_operator;

-- Staff are told beforehand how many mails a wider fault sends: to whoever was told of it already, none.
grant select (customer_id, user_id, subject_id, kind) on told to portal_staff;

-- Staff find an outage by the beginning of its reference.
create index outage_by_code on outage (upper(code) text_pattern_ops);

-- The list of the contracts of a service whose settings can be changed is pinned by the service.
alter type thing_kind add value 'settings-list';

-- The open sessions of a customer in the order of their last use: their page reads the first of them.
create index session_newest on session (customer_id, last_used_at desc, id desc) where ended_at is null;

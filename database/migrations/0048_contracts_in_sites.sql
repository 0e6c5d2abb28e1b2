-- The worst status of a site's contracts is that of the first one here which the reader may see.
drop index contract_of_site;
create index contract_in_site on contract (customer_id, site_id, status, service_id);

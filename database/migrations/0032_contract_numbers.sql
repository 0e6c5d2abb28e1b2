-- What a user may see is listed by the numbers of contracts, over all services.
create index contract_by_number on contract (customer_id, number) where ended_on is null;

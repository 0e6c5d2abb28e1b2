-- By which 影響範囲 finds the contracts under an extension plan, over all customers.
create index contract_of_group_number on contract (group_number) where group_number is not null and ended_on is null and moved_on is null;

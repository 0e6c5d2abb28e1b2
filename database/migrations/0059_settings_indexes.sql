-- What extensions belong to is read from the index alone: a line's page of them asks for each.
drop index pbx.call_group_member_by_extension;
create index call_group_member_by_extension on pbx.call_group_member (customer_id, contract_id, extension) include (call_group);
-- Few are disabled, and of each member of a group it is asked whether it is.
create index extension_disabled on pbx.extension (customer_id, contract_id, number) where not is_enabled;

-- What administrators look for in the login history: one kind of line, whatever else there is; and where logins came from before.
create index access_history_of_event on access_history (customer_id, event, at desc, id desc);
create index access_history_of_addresses on access_history (customer_id, ip) where event in ('sign-in', 'second-step-skipped');

-- The network that an address most likely shares with its neighbours: what one company or one household has.
create function network_around(address inet) returns cidr language sql immutable strict parallel safe
  return network(set_masklen(address, case family(address) when 4 then 24 else 64 end));
create function first_address(block cidr) returns inet language sql immutable strict parallel safe
  return set_masklen(block::inet, case family(block) when 4 then 32 else 128 end);
create function last_address(block cidr) returns inet language sql immutable strict parallel safe
  return set_masklen(broadcast(block), case family(block) when 4 then 32 else 128 end);
grant execute on function network_around(inet), first_address(cidr), last_address(cidr) to portal_app;

-- Whether PostgreSQL understands a text as a regular expression. Asked outright, it would say no by an error, and an error
-- costs the transaction.
create function is_pattern(text) returns boolean language plpgsql immutable strict as $$
begin
  perform '' ~ $1;
  return true;
exception when invalid_regular_expression then
  return false;
end $$;
revoke all on function is_pattern(text) from public;
grant execute on function is_pattern(text) to portal_operator;

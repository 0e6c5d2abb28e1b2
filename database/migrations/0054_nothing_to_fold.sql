-- Where there is no row yet, none was folded before: without this the worker folded the first import once more.
set local role portal_operator;
delete from refolding where relation = 'contract' and not exists (select from contract)
  or relation = 'portal_user' and not exists (select from portal_user);
reset role;

-- Whether the operator has brought a user, from an application form, or an administrator of the customer has added them: the identity
-- check of the first login speaks of what they know.
alter table portal_user add column from_operator boolean not null default false;
set local role portal_operator;
update portal_user u set from_operator = true from created_by_import c
  where c.customer_id = u.customer_id and c.kind = 'user' and c.subject_id = u.id;
reset role;

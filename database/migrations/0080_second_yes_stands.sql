-- What two have agreed on stands: nobody alone can make somebody else of whoever starts anew by it, nor leave out the second yes.

-- Staff correct what was written down wrongly of a general user who has never logged in. Of an administrator, and of whoever has to
-- register again, the name, the address and the number are what was agreed on.
drop trigger staff_change_little on portal_user;
create trigger staff_change_little before update of mail, name, phone, state, second_factor, last_sign_in_at on portal_user for each row
  when (session_user = 'portal_staff' and old.customer_id <> house()
    and (old.state <> 'awaiting-registration' or old.role <> 'general-user' or old.last_sign_in_at is not null
      or (new.state, new.second_factor, new.last_sign_in_at) is distinct from (old.state, old.second_factor, old.last_sign_in_at)))
  execute function refuse_staff();

-- Nobody decides before it was asked for: what is done is what nobody has logged in since.
alter table staff_request add constraint staff_request_decided_after check (decided_at >= asked_at);

-- Without a second member it is decided at the server's command line, never by the console.
create trigger staff_request_by_console before insert or update of decision, decided_by on staff_request for each row
  when (session_user = 'portal_staff' and new.decision is not null and new.decided_by is null)
  execute function refuse_staff();

-- The portal asks for an order, and a customer's users decide it; what staff answer is not the portal's to write at once.
revoke insert on order_request from portal_app;
grant insert (customer_id, code, service_id, contract_id, kind, title_ja, title_en, form, answers, wished_on, state, asked_by, asked_by_name,
  asked_at, follows, updated_at) on order_request to portal_app;
revoke update, delete on order_request, order_request_counter from portal_operator;

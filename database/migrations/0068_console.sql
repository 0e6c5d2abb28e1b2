-- What the console asks of all customers at once: beginnings of numbers and addresses, parts of names, and what waits.

grant select on mail_change to portal_staff;

-- A mail is no second factor for staff, and nothing skips it.
alter table portal_user add constraint portal_user_staff_have_an_app check (customer_id <> house() or second_factor is not distinct from 'totp');
alter table customer add constraint customer_house_trusts_no_browser check (not is_house or not trusts_browsers);

create index customer_search on customer using gin (search_grams(house(), fold_search(name || E'\n' || code)));
create index contract_number_begins on contract (number text_pattern_ops) where ended_on is null;
create index portal_user_mail_begins on portal_user (login_id text_pattern_ops) where state <> 'deleted';
create index portal_user_name_search on portal_user using gin (search_grams(house(), fold_search(name))) where state <> 'deleted';
create index external_number_begins on pbx.external_number (number text_pattern_ops);
create index ticket_code_begins on ticket (code text_pattern_ops);
create index contract_order_code_begins on contract_order (code text_pattern_ops);

create index ticket_not_closed on ticket (state) where state <> 'closed';
create index mail_in_trouble on mail (created_at desc) where state in ('refused', 'expired');
create index change_history_all_unsealed on change_history (at) where sequence is null;
create index feedback_newest on feedback (at desc);

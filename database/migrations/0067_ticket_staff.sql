-- What staff read and write of inquiries. What was written is never changed, and a note is read by nobody else.
grant select on ticket_contract, ticket_person, ticket_message, ticket_note, attachment, attachment_part to portal_staff;
grant insert on ticket_message, ticket_note, attachment, attachment_part to portal_staff;
grant update (state, updated_at, version, assigned_to, answer_due_at, solved_at, closing_told_at, closed_at) on ticket to portal_staff;

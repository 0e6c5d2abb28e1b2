-- お客様のご連絡先: [{ "role": { "ja", "en" }, "name", "phone"?, "mail"? }], whom the operator calls about the contract.
alter table contract add column contacts jsonb not null default '[]';

grant update (memo, version) on contract to portal_app;

-- Who changed a thing last, for whoever meets the change while saving.
create index change_history_of_subject on change_history (customer_id, subject_kind, subject_id, at desc);

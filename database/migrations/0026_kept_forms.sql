-- A confirmation keeps the form that was sent, which is done with once the second factor was shown. It is found by its id within
-- the session that it confirms, so it needs no token.
alter table sign_in
  alter token_hash drop not null,
  -- Of the form, with its query: the way back.
  add kept_path text,
  -- Sealed by the application's key; erased as soon as it was sent, or never can be.
  add kept_form bytea,
  add form_sent_at timestamptz,
  add constraint sign_in_login_has_token check (token_hash is not null or confirms_session is not null),
  add constraint sign_in_login_keeps_no_form check (confirms_session is not null or (kept_path is null and kept_form is null));
create index sign_in_kept on sign_in (expires_at) where kept_form is not null;
grant update (kept_form, form_sent_at) on sign_in to portal_app;

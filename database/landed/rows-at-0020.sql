-- A little of every table, in the words of migration 0020: for a database of that state, and of no other.
do $$
declare
  kaede constant uuid := '10000000-0000-4000-8000-000000000001';
  anna constant uuid := '20000000-0000-4000-8000-000000000001';
  ken constant uuid := '20000000-0000-4000-8000-000000000002';
  pbx constant uuid := '30000000-0000-4000-8000-000000000001';
  tokyo constant uuid := '40000000-0000-4000-8000-000000000001';
  main_number constant uuid := '50000000-0000-4000-8000-000000000001';
  general_affairs constant uuid := '60000000-0000-4000-8000-000000000001';
  ours constant uuid := '70000000-0000-4000-8000-000000000001';
  works constant uuid := '80000000-0000-4000-8000-000000000001';
  code constant uuid := '90000000-0000-4000-8000-000000000001';
  morning constant timestamptz := '2026-11-30 09:00+09';
  tonight constant timestamptz := '2026-11-30 22:00+09';
  secret constant bytea := sha256('secret');
begin
  insert into operator (name_ja, name_en, slogan_ja, slogan_en, logo, logo_type, links, contact_window)
    values ('試験通信', 'Test Telecom', '標語', 'Slogan', '<svg/>', 'image/svg+xml',
      '[{"ja": "規約", "en": "Terms", "url": "https://example.jp/"}]', '{"name": {"ja": "窓口", "en": "Desk"}, "phone": "0120-000-000"}');
  insert into service_category (id, code, position, name_ja, name_en) values (pbx, 'telephone', 1, '電話', 'Telephony');
  insert into service (id, code, service_category_id, position, name_ja, name_en, options, charges_url, contact_window, settings_name)
    values (pbx, 'pbx', pbx, 1, 'クラウドPBX', 'Cloud PBX', '[]', 'https://example.jp/charges',
      '{"name": {"ja": "窓口", "en": "Desk"}}', '{"ja": "Smart PBX", "en": "Smart PBX"}');
  insert into manual (code, service_id, title_ja, title_en, url, updated_on)
    values ('m-1', pbx, '手引き', 'Manual', 'https://example.jp/manual', '2026-11-01');
  insert into recommendation (code, position, service_id, for_services, title_ja, title_en, text_ja, text_en, url)
    values ('r-1', 1, pbx, array[pbx], '録音', 'Recording', '録音できます。', 'Record calls.', 'https://example.jp/recording');

  insert into customer (id, code, name, idle_minutes, created_at) values (kaede, 'kaede', '株式会社かえで商会', 30, morning);
  insert into site (id, customer_id, code, name) values (tokyo, kaede, 'tokyo', '東京本社');
  insert into contract (id, customer_id, number, group_number, service_id, site_id, memo, opens_on, contacts)
    values (main_number, kaede, 'AZ-000123', '0120045', pbx, tokyo, '代表番号', '2026-04-01', '[{"name": "山本"}]');
  insert into incident (customer_id, contract_id, code, kind, title_ja, title_en, starts_at, ends_at, updated_at)
    values (kaede, main_number, 'F-1', 'fault', '発信できません', 'No outgoing calls', morning, tonight, morning);
  insert into contract_order (customer_id, code, service_id, contract_id, title_ja, title_en, state, ordered_on, delivery_on, updated_at)
    values (kaede, 'O-1', pbx, main_number, '番号追加', 'Numbers', 'constructing', '2026-11-01', '2026-12-01', morning);
  insert into ticket (customer_id, code, service_id, contract_id, kind, title_ja, title_en, state, opened_at, updated_at)
    values (kaede, 'T-1', pbx, main_number, 'inquiry', '料金について', 'On charges', 'open', morning, morning),
      (kaede, 'T-2', pbx, main_number, 'fault', '雑音', 'Noise', 'closed', morning, morning);
  insert into notice (id, customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at)
    values (works, null, 'n-1', 'works', '工事のお知らせ', 'Works', '夜間です。', 'At night.', morning),
      (gen_random_uuid(), kaede, 'n-2', 'news', 'お知らせ', 'News', '本文', 'Text', morning);
  insert into blocked_traffic (customer_id, day, service_id, contract_id, subject_id, kind_ja, kind_en, count)
    values (kaede, '2026-11-29', pbx, main_number, main_number, '迷惑電話', 'Nuisance calls', 12);

  insert into portal_user (id, customer_id, mail, name, phone, role, second_factor, state, screen_language, idle_minutes, last_sign_in_at, created_at)
    values (anna, kaede, 'Anna@kaede.example', '山本 杏奈', '03-0000-0101', 'portal-administrator', 'totp', 'active', 'en', 60, morning, morning),
      (ken, kaede, 'ken@kaede.example', '中村 健', '03-0000-0102', 'general-user', null, 'awaiting-registration', null, null, null, morning);
  insert into user_credential (customer_id, user_id, password_hash, password_changed_at, totp_secret, totp_last_step)
    values (kaede, anna, '$argon2id$', morning, secret, 59000000);
  insert into recovery_code (customer_id, user_id, code_hash, used_at) values (kaede, anna, secret, morning);
  insert into user_group (id, customer_id, number, name, description, created_at)
    values (general_affairs, kaede, 'G1000001', '総務', '総務部', morning);
  insert into user_group_member (customer_id, user_group_id, user_id) values (kaede, general_affairs, ken);
  insert into user_group_right (customer_id, user_group_id, service_id, level) values (kaede, general_affairs, pbx, 'edit');
  insert into staged_right (customer_id, user_id, user_group_id, contract_id, level, former, rights_version)
    values (kaede, anna, general_affairs, main_number, 'view', null, 1);
  insert into created_by_import (customer_id, kind, name, subject_id) values (kaede, 'user-group', '総務', general_affairs);

  insert into sign_in_guard (login_hash, failures, touched_at) values (secret, 2, morning);
  insert into code_budget (customer_id, user_id, judged, mailed) values (kaede, anna, array[morning], array[morning]);
  insert into session (id, customer_id, user_id, token_hash, credential_epoch, policy_epoch, second_factor, created_at, last_used_at,
      confirmed_at, ends_at, ip, browser, ended_at, end_reason)
    values (ours, kaede, anna, secret, 1, 1, 'totp', morning, morning, morning, tonight, '192.0.2.1', 'Firefox', null, null),
      (gen_random_uuid(), kaede, anna, sha256('old'), 1, 1, 'totp', morning, morning, morning, tonight, '2001:db8::1', 'Chrome',
        morning, 'signed-out');
  insert into sign_in (customer_id, user_id, token_hash, second_factor, credential_epoch, expires_at, confirms_session)
    values (kaede, anna, secret, 'totp', 1, tonight, ours);
  insert into known_browser (customer_id, user_id, token_hash, last_sign_in_at) values (kaede, anna, secret, morning);
  insert into form_draft (customer_id, user_id, path, fields, expires_at) values (kaede, anna, '/profile/display', secret, tonight);
  insert into first_login (customer_id, user_id, purpose, token_hash, credential_epoch, created_at, expires_at)
    values (kaede, ken, 'registration', secret, 1, morning, tonight);
  insert into first_login_request (id, login, created_at) values (code, secret, morning);
  insert into reissue_budget (network_hash, asked) values (secret, array[morning]);
  insert into mail_change (customer_id, user_id, new_mail, token_hash, credential_epoch, requested_by, created_at, expires_at)
    values (kaede, ken, 'ken.nakamura@kaede.example', secret, 1, anna, morning, tonight);
  insert into address_clash (customer_id, at, user_id, mail) values (kaede, morning, anna, 'taken@example.com');
  insert into mail (id, customer_id, user_id, recipient, kind, language, sealed, created_at, expires_at)
    values (code, kaede, anna, 'anna@kaede.example', 'sign-in-code', 'ja', secret, morning, tonight);
  perform enqueue_mail(code);

  insert into access_history (customer_id, at, user_id, user_name, event, second_factor, ip, browser)
    values (kaede, morning, anna, '山本 杏奈', 'sign-in', 'totp', '192.0.2.1', 'Firefox'),
      (null, '2019-01-01', null, '', 'failed', null, '192.0.2.2', '');
  insert into change_history (customer_id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_name, before, after)
    values (kaede, morning, anna, '山本 杏奈', 'contract-memo-changed', 'contract', main_number, 'AZ-000123', '{"memo": ""}', '{"memo": "代表番号"}'),
      (kaede, tonight, null, '', 'user-group-created', 'user-group', general_affairs, '総務', null, '{"name": "総務"}');
  insert into change_history_checkpoint (customer_id, sequence, hash, pruned_at, pruned) values (kaede, 7, secret, morning, 7);
  insert into pin (customer_id, user_id, kind, thing_id, pinned_at) values (kaede, anna, 'contract', main_number, morning);
  insert into visit (customer_id, user_id, kind, thing_id, visited_at) values (kaede, anna, 'service', pbx, morning);
  insert into notice_read (customer_id, user_id, notice_id) values (kaede, anna, works);
  insert into feedback (customer_id, user_id, user_name, at, page, kind, text, language, browser)
    values (kaede, anna, '山本 杏奈', morning, '/contracts', 'good', '見やすいです。', 'ja', 'Firefox');
  insert into feedback_budget (customer_id, user_id, given) values (kaede, anna, array[morning]);
end $$;

-- When a user last changed a thing is found at once, however much this user, or others, have changed.
create index change_history_of_actor_by_subject on change_history (customer_id, actor_id, subject_kind, subject_id, at desc);

-- That a user has looked at a thing is a look: a visit is something else.
alter table visit rename to look;
alter table look rename column visited_at to looked_at;
alter table look rename constraint visit_pkey to look_pkey;
alter table look rename constraint visit_user to look_user;

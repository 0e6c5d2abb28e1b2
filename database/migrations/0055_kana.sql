-- ふりがな, in hiragana: users are sorted and found by it.
alter table portal_user add column kana text not null default '';
-- What it is sorted by; 「～」 comes behind all kana, and is what everybody has who has none.
alter table portal_user add column kana_order text not null default '～';

-- Kept by a trigger from now on: a generated column would have to be made anew of all rows while nobody can be let in.
alter table portal_user alter column search drop expression;
alter table portal_user alter column search set default '';

-- Small kana are as large ones, and marks of sound are looked at last, by the name: as telephone books have it (JIS X 4061).
create function kana_order(kana text) returns text language sql immutable strict parallel safe
  return case kana when '' then '～' else translate(kana,
    'ぁぃぅぇぉゃゅょゎっがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔゐゑー・',
    'あいうえおやゆよわつかきくけこさしすせそたちつてとはひふへほはひふへほういえ') end;

create function keep_user_texts() returns trigger language plpgsql as $$
begin
  new.kana_order := public.kana_order(new.kana);
  new.search := public.fold_search(concat_ws(E'\n', new.name, new.kana, new.mail, new.phone, new.job_title, new.comment));
  return new;
end $$;
create trigger keep_user_texts before insert or update of name, kana, mail, phone, job_title, comment on portal_user
  for each row execute function keep_user_texts();

drop index portal_user_in_order;
create index portal_user_in_order on portal_user (customer_id, urgency, kana_order, name, mail) where urgency is not null;
drop index portal_user_by_name;
create index portal_user_by_name on portal_user (customer_id, kana_order, name, mail) where urgency is not null;

grant execute on function kana_order(text) to portal_app, portal_operator;
grant insert (kana), update (kana) on portal_user to portal_app;

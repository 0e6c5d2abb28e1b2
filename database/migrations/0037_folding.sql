-- One folding for names, telephone numbers and keywords, as src/platform/folding.ts has it.
-- Functions are named with their schema: a dump is restored, and the generated column filled, without a search_path.

create function fold_words(given text) returns text language plpgsql immutable strict parallel safe as $$
declare
  folded text := given;
begin
  -- Few texts have marks that nobody sees, or letters of more than one form; and each is looked up in the whole of its list.
  if folded ~ '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]' then
    folded := regexp_replace(folded, '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]', '', 'g');
  end if;
  -- The same letters whatever the database's own locale is.
  folded := lower(normalize(folded, nfkc) collate pg_catalog.pg_c_utf8);
  if folded ~ '[ぁ-ゞヶ]' then
    folded := translate(folded, 'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゝゞゖヶ', 'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヽヾケケ');
  end if;
  if folded ~ '[‐‑‒–—―−─(){}〔〕「」『』【】〈〉《》[\]-]' then
    folded := translate(folded, '-‐‑‒–—―−─()[]{}〔〕「」『』【】〈〉《》', '');
  end if;
  if folded ~ '[髙﨑嵜濵濱邊邉齋齊德廣澤櫻嶋嶌瀨眞冨𠮷栁桒穗惠國黑龍圓淺條榮關實藏與淵曾埜舘靜會檜萬壽籠槇鷗彌禮豐爲增寬祿曉峯濤緣綠橫顯郞]' then
    folded := translate(folded, '髙﨑嵜濵濱邊邉齋齊德廣澤櫻嶋嶌瀨眞冨𠮷栁桒穗惠國黑龍圓淺條榮關實藏與淵曾埜舘靜會檜萬壽籠槇鷗彌禮豐爲增寬祿曉峯濤緣綠橫顯郞', '高崎崎浜浜辺辺斎斉徳広沢桜島島瀬真富吉柳桑穂恵国黒竜円浅条栄関実蔵与渕曽野館静会桧万寿篭槙鴎弥礼豊為増寛禄暁峰涛縁緑横顕郎');
  end if;
  -- Typed for a hyphen: beside a digit, and beside no letter.
  if folded ~ '[0-9]ー|ー[0-9]' then
    folded := regexp_replace(folded, '(?<=[0-9])ー+(?![^0-9 \n])|(?<![^0-9 \n])ー+(?=[0-9])', '', 'g');
  end if;
  return folded;
end $$;
comment on function fold_words is 'NFKC and lower case; kana, common kanji and hyphens of one form: how names, numbers and keywords are compared.';

create function with_ke(folded text) returns text language plpgsql immutable strict parallel safe as $$
begin
  if folded !~ '[々〆〇㐀-䶿一-鿿\U00020000-\U000323AF]ガ[々〆〇㐀-䶿一-鿿\U00020000-\U000323AF]' then return folded; end if;
  return regexp_replace(folded,
    '(?<=[々〆〇㐀-䶿一-鿿\U00020000-\U000323AF])ガ(?=[々〆〇㐀-䶿一-鿿\U00020000-\U000323AF])', 'ケ', 'g');
end $$;
comment on function with_ke is 'A が between two kanji is a ヶ: 霞が関 is 霞ヶ関.';

create or replace function fold_search(given text) returns text language plpgsql immutable strict parallel safe as $$
declare
  folded constant text := public.fold_words(given);
  named constant text := public.with_ke(folded);
begin
  return case when named = folded then folded else folded || E'\n' || named end;
end $$;
comment on function fold_search is 'What a text is found by: folded, and once more with ヶ where its が stand between kanji.';

-- A が at the edge of a term may stand between kanji in the text or not: so all of the term is looked for as it is.
create function fold_keyword(term text) returns text language plpgsql immutable strict parallel safe as $$
declare
  folded constant text := public.fold_words(term);
begin
  if folded ~ '^ガ([々〆〇㐀-䶿一-鿿\U00020000-\U000323AF]|$)|[々〆〇㐀-䶿一-鿿\U00020000-\U000323AF]ガ$' then return folded; end if;
  return public.with_ke(folded);
end $$;

create or replace function search_pattern(term text) returns text language sql immutable strict parallel safe
  return '%' || regexp_replace(fold_keyword(term), '([\\%_])', '\\\1', 'g') || '%';

grant execute on function fold_words(text), with_ke(text), fold_keyword(text) to portal_app, portal_operator, portal_door;

set local role portal_door;
create or replace function door.find_contracts(terms text[], sees_all boolean, services uuid[], contracts uuid[], most integer default null)
  returns table (id uuid, status public.contract_status, urgency smallint, number text, group_number text, service_id uuid, site_id uuid)
  language plpgsql stable security definer rows 1000
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  customer constant uuid := app_customer();
  patterns constant text[] := array(select search_pattern(term) from unnest(terms) term);
  wanted constant bigint[] := array(select distinct unnest(search_grams(customer, fold_keyword(term))) from unnest(terms) term);
begin
  if cardinality(wanted) > 0 then
    return query select c.id, c.status, c.urgency, c.number, c.group_number, c.service_id, c.site_id from contract c
      where c.customer_id is not distinct from customer and search_grams(c.customer_id, c.search) @> (select wanted)
        and c.search like all (patterns)
        and c.ended_on is null and (sees_all or c.service_id = any(services) or c.id = any(contracts))
      limit most;
  else
    return query select c.id, c.status, c.urgency, c.number, c.group_number, c.service_id, c.site_id from contract c
      where c.customer_id = customer and c.search like all (patterns)
        and c.ended_on is null and (sees_all or c.service_id = any(services) or c.id = any(contracts))
      limit most;
  end if;
end $$;
reset role;

-- The tables whose rows keep a text folded as it was folded before, and up to which row they have been folded anew: by the worker,
-- in parts (features/search/refold.ts). What is written meanwhile is folded anew already.
create table refolding (
  relation text primary key check (relation in ('contract', 'portal_user')),
  done_to uuid not null default '00000000-0000-0000-0000-000000000000'
);
insert into refolding (relation) values ('contract'), ('portal_user');
grant select, update, delete on refolding to portal_operator;

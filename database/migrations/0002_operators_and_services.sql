-- The carrier whose portal this is: one per installation.
create table operator (
  is_the_operator boolean primary key default true check (is_the_operator),
  name_ja text not null,
  name_en text not null,
  slogan_ja text not null,
  slogan_en text not null,
  logo bytea,
  logo_type text check (logo_type in ('image/svg+xml', 'image/png')),
  -- [{ "ja": …, "en": …, "url": … }]: help and legal pages, in the order of the footer
  links jsonb not null default '[]',
  -- What a contract number looks like, as a POSIX regular expression.
  contract_number_pattern text not null default '^.{1,32}$',
  time_zone text not null default 'Asia/Tokyo',
  first_login_days integer not null default 7 check (first_login_days between 1 and 30),
  -- How long logins and logouts are kept: an audit asks for more than a year back.
  access_history_years integer not null default 2 check (access_history_years between 2 and 7),
  constraint operator_logo_has_type check ((logo is null) = (logo_type is null))
);

create table service_category (
  id uuid primary key default gen_random_uuid(),
  code text not null constraint service_category_code_taken unique,
  position integer not null,
  name_ja text not null,
  name_en text not null
);

create table service (
  id uuid primary key default gen_random_uuid(),
  code text not null constraint service_code_taken unique,
  service_category_id uuid not null references service_category,
  position integer not null,
  name_ja text not null,
  name_en text not null
);
create index service_of_category on service (service_category_id);

grant select on operator, service_category, service to portal_app;
grant select, insert, update on operator, service_category, service to portal_operator;

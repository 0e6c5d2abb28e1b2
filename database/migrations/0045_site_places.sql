-- Where a site lies on the map: the customer's own word, apart from the site, which the operator's import brings.
create table site_place (
  customer_id uuid not null,
  site_id uuid not null,
  -- Of JIS X 0401.
  prefecture smallint not null check (prefecture between 1 and 47),
  -- Degrees north and east (WGS 84); null: at the seat of the prefecture's government.
  north numeric(7, 5) check (north between 20 and 46.5),
  east numeric(8, 5) check (east between 122 and 155),
  address text not null default '',
  version integer not null default 1,
  primary key (customer_id, site_id),
  constraint site_place_site foreign key (customer_id, site_id) references site (customer_id, id) on delete cascade,
  constraint site_place_is_whole check ((north is null) = (east is null))
);
call fence('site_place');
grant select, insert, update, delete on site_place to portal_app;
grant select, insert on site_place to portal_operator;

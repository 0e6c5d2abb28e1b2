-- A customer's own logo: the one in force, and one that an administrator looks at before it counts. Only what we have drawn
-- ourselves, never a file as it came.
create table customer_logo (
  customer_id uuid not null references customer,
  in_force boolean not null,
  -- The first 32 digits of the image's SHA-256: its address.
  hash text not null check (hash ~ '^[0-9a-f]{32}$'),
  -- PNG.
  image bytea not null check (octet_length(image) <= 1048576),
  width smallint not null check (width between 1 and 640),
  height smallint not null check (height between 1 and 128),
  chosen_by uuid,
  chosen_at timestamptz not null,
  primary key (customer_id, in_force),
  constraint customer_logo_chosen_by foreign key (customer_id, chosen_by) references portal_user (customer_id, id)
);
-- Compressed it is already.
alter table customer_logo alter image set storage external;
create index customer_logo_by_chooser on customer_logo (customer_id, chosen_by);
call fence('customer_logo');
call versioned('customer_logo', 'customer_id');
grant select, insert, delete, update (in_force, hash, image, width, height, chosen_by, chosen_at) on customer_logo to portal_app;
grant select, insert on customer_logo to portal_operator;

import type pg from 'pg'

/** All that the catalogue says of the schemas `public`, `door` and `pbx`, a sentence for each thing, in order. */
export async function catalogueOf(admin: pg.Pool): Promise<string[]> {
  const parts = await Promise.all(questions.map((text) => admin.query<{ line: string }>(text)))
  return parts.flatMap(({ rows }) => rows.map(({ line }) => line)).toSorted()
}

const ours = `in ('public'::regnamespace, 'door'::regnamespace, 'pbx'::regnamespace)`

const questions = [
  `select format('schema %s of %s for %s', nspname, nspowner::regrole, nspacl) as line
   from pg_namespace where oid ${ours}`,
  `select format('relation %s %s of %s for %s, fence %s %s', relkind, oid::regclass, relowner::regrole, relacl, relrowsecurity,
     relforcerowsecurity) as line
   from pg_class where relnamespace ${ours} and relkind in ('r', 'p', 'v', 'm', 'S')`,
  `select format('column %s.%s at %s: %s, not null %s, default %s, %s%s, for %s', attrelid::regclass, attname, attnum,
     format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attgenerated, attidentity, attacl) as line
   from pg_attribute join pg_class c on c.oid = attrelid left join pg_attrdef on adrelid = attrelid and adnum = attnum
   where relnamespace ${ours} and relkind in ('r', 'p', 'v', 'm') and attnum > 0 and not attisdropped`,
  `select format('constraint %s on %s: %s, valid %s', conname, conrelid::regclass, pg_get_constraintdef(oid), convalidated) as line
   from pg_constraint where connamespace ${ours}`,
  `select format('index %s, valid %s', pg_get_indexdef(indexrelid), indisvalid) as line
   from pg_index join pg_class c on c.oid = indexrelid where relnamespace ${ours}`,
  `select format('policy %s', p) as line from pg_policies p where schemaname in ('public', 'door', 'pbx')`,
  `select format('trigger %s', pg_get_triggerdef(t.oid)) as line
   from pg_trigger t join pg_class c on c.oid = tgrelid where relnamespace ${ours} and not tgisinternal`,
  `select format('function of %s for %s: %s', proowner::regrole, proacl, pg_get_functiondef(oid)) as line
   from pg_proc where pronamespace ${ours} and prokind in ('f', 'p')`,
  `select format('type %s: %s', enumtypid::regtype, string_agg(enumlabel, ', ' order by enumsortorder)) as line
   from pg_enum group by enumtypid`,
  `select format('default of %s for %s: %s', defaclrole::regrole, defaclobjtype, defaclacl) as line from pg_default_acl`,
]

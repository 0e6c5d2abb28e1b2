import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Of sites, by the codes of the demo's file: somewhere in the middle of each town. One has its prefecture alone, and one no place yet. */
const places = [
  {
    customer: 'sample-works',
    site: 'tokyo',
    prefecture: 13,
    north: 35.68124,
    east: 139.76712,
    address: '東京都千代田区',
  },
  {
    customer: 'sample-works',
    site: 'osaka',
    prefecture: 27,
    north: 34.70249,
    east: 135.49595,
    address: '大阪府大阪市北区',
  },
  {
    customer: 'sample-works',
    site: 'nagoya',
    prefecture: 23,
    north: 35.17092,
    east: 136.88154,
    address: '愛知県名古屋市中村区',
  },
  {
    customer: 'sample-works',
    site: 'yokohama',
    prefecture: 14,
    north: 35.46581,
    east: 139.62262,
    address: '神奈川県横浜市西区',
  },
  {
    customer: 'sample-works',
    site: 'sapporo',
    prefecture: 1,
    north: 43.06866,
    east: 141.35076,
    address: '北海道札幌市北区',
  },
  { customer: 'sample-works', site: 'sendai', prefecture: 4, north: null, east: null, address: '' },
  {
    customer: 'minato-foods',
    site: 'kobe',
    prefecture: 28,
    north: 34.67942,
    east: 135.17803,
    address: '兵庫県神戸市中央区',
  },
]

/** Says of the demo's sites where they lie. */
export async function addSamplePlaces(tx: Transaction): Promise<void> {
  await sql`
    insert into site_place (customer_id, site_id, prefecture, north, east, address)
    select t.customer_id, t.id, p.prefecture, p.north, p.east, p.address
    from jsonb_to_recordset(${JSON.stringify(places)}) p (customer text, site text, prefecture smallint, north numeric, east numeric, address text)
    join customer c on c.code = p.customer join site t on t.customer_id = c.id and t.code = p.site`.execute(tx)
}

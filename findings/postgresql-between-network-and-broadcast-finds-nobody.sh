#!/bin/sh
# PostgreSQL: "ip between network(n) and broadcast(n)" finds none of the addresses of the network n.
#
# Expected: broadcast('192.0.2.0/24') is the last address, so a range from the first to the last one, which a b-tree can scan, finds
#   the same rows as ip <<= n.
# Really, PostgreSQL 18.7 (PGlite 0.5.17): broadcast() keeps the mask, 192.0.2.255/24, and inet is ordered by the bits that both
#   networks share, then by the length of the mask, then by the rest. Within one /24 every single address (/32) is therefore greater than
#   its broadcast address: of 256 rows the range finds 0. In IPv6 with /64 and /128 it is the same.
# Hurt: reports and alarms from access logs ("logins from this office") that took a range for the sake of an index, or compare in an
#   exclusion or a partition: they are empty, without an error.
# Instead: ip <<= n (a GiST index with inet_ops serves it, and PostgreSQL makes a range of its own for a b-tree); in a range of one's
#   own take the masks off both ends: set_masklen(network(n), 32) and set_masklen(broadcast(n), 32), 128 in IPv6.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund --save-exact @electric-sql/pglite@0.5.17
cat > look.js <<'EOF'
import { PGlite } from '@electric-sql/pglite'

const db = await PGlite.create()
const one = async (text) => (await db.query(text)).rows[0]
console.log((await one('select version()')).version.split(' on ')[0], '/ PGlite 0.5.17')
const seen = []
for (const [first, network, bits] of [['192.0.2.0', '192.0.2.0/24', 32], ['2001:db8::', '2001:db8::/64', 128]]) {
  const found = await one(`
    with n (n) as (values ('${network}'::inet))
    select count(*) filter (where ip <<= n) as within,
      count(*) filter (where ip between network(n) and broadcast(n)) as between_them,
      count(*) filter (where ip between set_masklen(network(n)::inet, ${bits}) and set_masklen(broadcast(n), ${bits})) as without_masks,
      broadcast('${network}'::inet)::text as last
    from (select '${first}'::inet + i as ip from generate_series(0, 255) i) rows, n`)
  console.log(network, JSON.stringify(found))
  seen.push(Number(found.within), Number(found.between_them), Number(found.without_masks))
}
if (seen.join() !== '256,0,256,256,0,256') process.exit(1)
EOF
node look.js

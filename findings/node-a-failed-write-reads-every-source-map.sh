#!/bin/sh
# Node: with source maps on, the first write that fails on any stream reads and unfolds the whole map of the program.
#
# Expected: maps cost something when a stack is printed. Node keeps a map as text until somebody reads the stack of an error, so a
#   program whose errors are caught and never printed pays nothing; process.setSourceMapsEnabled is sold as cheap until then.
# Really, Node 24.21.0: after a failed write, Writable's own code touches `error.stack` (a guard against a leak in V8), before any handler
#   sees the error and though nobody prints it. The stack is made, and with it every mapping of each file on it becomes an array of its
#   own: for a bundle of zod 4.6.7, kysely 0.28.8 and date-fns 4.1.0 16 MB of heap that never go away. A peer that has closed
#   its end (EPIPE: a database that has just refused the login, a client of a keep-alive connection) is enough.
# Hurt: bundled servers that measure their memory; one of 4 MB of text grew by 28 MB and started 0.1 s later because it said goodbye to a
#   PostgreSQL that had already hung up with "database does not exist".
# Instead: do not end() a connection whose peer has refused it; keep the maps of packages out of the bundle; judge memory after a failed
#   write, not before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund --save-exact node@24.21.0 esbuild@0.28.2 zod@4.6.7 kysely@0.28.8 date-fns@4.1.0
cat > program.js <<'EOF'
import * as dates from 'date-fns'
import * as kysely from 'kysely'
import { Writable } from 'node:stream'
import * as zod from 'zod'

globalThis.kept = [dates, kysely, zod]
const alive = () => (gc(), process.memoryUsage().heapUsed / 2 ** 20)
const before = alive()
const stream = new Writable({ write: (part, encoding, done) => done(Object.assign(new Error('hung up'), { code: 'EPIPE' })) })
stream.on('error', () => undefined)
stream.write('goodbye')
setTimeout(() => console.log((alive() - before).toFixed(1)), 100)
EOF
node_modules/.bin/esbuild program.js --bundle --platform=node --format=esm --sourcemap --sources-content=false --outfile=bundle.mjs --log-level=error
run() { node_modules/.bin/node --expose-gc --import "data:text/javascript,process.setSourceMapsEnabled($1)" bundle.mjs; }
echo "Node $(node_modules/.bin/node --version), a bundle of $(wc -c < bundle.mjs) bytes, MB alive after one failed write more than before:"
off=$(run false); on=$(run true)
echo "maps off $off, maps on $on"
node_modules/.bin/node -e 'process.exit(Number(process.argv[1]) < 1 && Number(process.argv[2]) > 3 ? 0 : 1)' "$off" "$on"

import { parseArgs } from 'node:util'
import { measureAccessHistory } from './measures/access-history.ts'
import { measureAdministration } from './measures/administration.ts'
import { measureConsole } from './measures/console.ts'
import { measureContracts } from './measures/contracts.ts'
import { measureImport } from './measures/import.ts'
import { measureLogos } from './measures/logos.ts'
import { measureBothSteps, measurePasswordStep } from './measures/login.ts'
import { measureManyLines } from './measures/many-lines.ts'
import { measureMemory } from './measures/memory.ts'
import { measureMenu } from './measures/menu.ts'
import { measureOutages } from './measures/outages.ts'
import { measureOverload } from './measures/overload.ts'
import { measurePeers } from './measures/peers.ts'
import { measureRooms } from './measures/rooms.ts'
import { measureSettingsSite } from './measures/settings-site.ts'
import { measureStart } from './measures/start.ts'
import { measureTelephony } from './measures/telephony.ts'
import { type Figure, printFigure, printHeading } from './report.ts'
import { openWorld, type World } from './world/world.ts'

// npm run bench [-- NAME… [--node FLAG…]]: measures the portal as it runs, against a floor on the same machine at the same time.
// Pages are read hot (one reader again and again), wide (2,000 in turn) and for the first time (after a start, after a change).
// `peers` runs only when named: it installs Directus from npm's registry, and compiles a part of it, below node_modules/.cache.
// `--node` gives the portal's Node one more flag, such as --node=--cpu-prof --node=--cpu-prof-dir=/tmp/profile.

const inWorld: Record<string, (world: World) => Promise<Figure[]>> = {
  import: measureImport,
  menu: measureMenu,
  password: measurePasswordStep,
  'both-steps': measureBothSteps,
  overload: measureOverload,
  memory: measureMemory,
  logos: measureLogos,
  // These grow the database, so they come last.
  administration: measureAdministration,
  rooms: measureRooms,
  'access-history': measureAccessHistory,
  contracts: measureContracts,
  console: measureConsole,
  telephony: measureTelephony,
  'settings-site': measureSettingsSite,
  outages: measureOutages,
  'many-lines': measureManyLines,
}
/** Not without being asked for: it installs a peer. */
const onDemand = { peers: measurePeers }
const alone: Record<string, () => Promise<Figure[]>> = { start: measureStart }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string', multiple: true, default: [] } },
})
const known = [inWorld, onDemand, alone].flatMap(Object.keys)
const unknown = positionals.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there is ${known.join(', ')}.`)
  process.exit(1)
}
const isWanted = ([name]: [string, unknown]): boolean => positionals.length === 0 || positionals.includes(name)
const withWorld = [
  ...Object.entries(inWorld).filter(isWanted),
  ...Object.entries(onDemand).filter(([name]) => positionals.includes(name)),
]

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
printHeading()
if (withWorld.length > 0) {
  await using world = await openWorld(values.node)
  for (const [, measure] of withWorld) (await measure(world)).forEach(printFigure)
}
for (const [, measure] of Object.entries(alone).filter(isWanted)) (await measure()).forEach(printFigure)
// The connections that are kept for another request would keep this process.
process.exit(0)

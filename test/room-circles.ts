import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A folder of the features, of a site, of the platform or of its components; what is no room is left out. */
const roomOf = /^src\/(?:features|sites\/[^/]+|platform(?:\/ui)?|doors)\/[^/]+(?=\/)/

/** Rooms that know each other in a circle, such as `a → b → a`: files alone may be free of circles where their folders are not. */
export function findRoomCircles(root: string): string[] {
  const known = roomsKnown(root)
  const circles = new Set<string>()
  for (const room of known.keys()) {
    const way = wayBack(known, room)
    // Told once, beginning with the room that is first by name.
    if (way?.toSorted()[0] === room) circles.add(`${[...way, room].join(' → ')}: rooms in a circle`)
  }
  return [...circles]
}

/** Of each room, the others that its files import from. Tests may know everything. */
function roomsKnown(root: string): ReadonlyMap<string, ReadonlySet<string>> {
  const aliases = aliasesOf(root)
  const known = new Map<string, Set<string>>()
  for (const file of globSync('src/**/*.{ts,tsx}', { cwd: root }).filter((path) => !/[.]test[.]/.test(path))) {
    const room = roomOf.exec(file)?.[0]
    if (room === undefined) continue
    const others = known.get(room) ?? new Set()
    known.set(room, others)
    for (const [, named = ''] of readFileSync(join(root, file), 'utf8').matchAll(
      /\b(?:from|import)\s*\(?\s*'([^']+)'/g,
    )) {
      const other = roomOf.exec(fileNamed(named, file, aliases))?.[0]
      if (other !== undefined && other !== room) others.add(other)
    }
  }
  return known
}

function fileNamed(named: string, from: string, aliases: readonly [string, string][]): string {
  if (named.startsWith('.')) return join(dirname(from), named)
  const [alias, folder] = aliases.find(([prefix]) => named.startsWith(prefix)) ?? ['', '']
  return join(folder, named.slice(alias.length))
}

/** `#features/` is `src/features/`, as package.json says. */
function aliasesOf(root: string): [string, string][] {
  // npm documents this shape.
  const { imports = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    imports?: Record<string, string>
  }
  return Object.entries(imports).map(([alias, folder]) => [alias.replace('*', ''), folder.replace('*', '')])
}

/** The shortest way from a room to itself. */
function wayBack(known: ReadonlyMap<string, ReadonlySet<string>>, room: string): string[] | undefined {
  const ways = [[room]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const next of known.get(way.at(-1) ?? '') ?? []) {
      if (next === room) return way
      if (seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return undefined
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { seconds } from '#platform/time/duration.ts'

/** How long the registry may take to answer. */
const patience = 2 * seconds

/** The packages of Node that package.json pins, by their names. */
export function readPinnedNode(): ReadonlyMap<string, string> {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')
  const { optionalDependencies } = z
    .object({ optionalDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(text))
  return new Map(Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-')))
}

/**
 * The newest Node of the same major version that the registry has of all these packages, where that is newer; nothing where it
 * cannot be asked.
 */
export async function findNewerNode(pinned: ReadonlyMap<string, string>): Promise<string | undefined> {
  const [[, version = ''] = []] = pinned
  try {
    const [first = [], ...others] = await Promise.all([...pinned.keys()].map(readVersions))
    const newest = first
      .filter((each) => others.every((versions) => versions.includes(each)))
      .filter((each) => /^\d+[.]\d+[.]\d+$/.test(each) && each.split('.')[0] === version.split('.')[0])
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .at(-1)
    return newest === version ? undefined : newest
  } catch {
    return undefined
  }
}

async function readVersions(name: string): Promise<string[]> {
  const registry = process.env['npm_config_registry'] ?? 'https://registry.npmjs.org/'
  const answer = await fetch(new URL(name, registry), {
    // The short form, without what stands in each package.json.
    headers: { accept: 'application/vnd.npm.install-v1+json' },
    signal: AbortSignal.timeout(patience),
  })
  return Object.keys(z.object({ versions: z.record(z.string(), z.unknown()) }).parse(await answer.json()).versions)
}

import type { ImportContent } from '../import-format.ts'
import type { JsonFile } from '../json-file.ts'
import type { JsonPath } from './json-places.ts'

/** Throws a FaultyFile when a value stands twice; `pathOf` tells where the value of an index stands. */
export function expectEachOnce(
  file: JsonFile<ImportContent>,
  values: readonly string[],
  pathOf: (index: number) => JsonPath,
): void {
  const known = new Set<string>()
  const faults = values.flatMap((value, index) => {
    if (known.has(value)) return [{ path: pathOf(index), message: `stands here for the second time: ${value}` }]
    known.add(value)
    return []
  })
  if (faults.length > 0) throw file.faulty(faults)
}

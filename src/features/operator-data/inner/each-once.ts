import { findTwice } from '#platform/put.ts'
import type { ImportContent } from '../import-format.ts'
import type { Fault, JsonFile } from '../json-file.ts'
import type { JsonPath } from './json-places.ts'
import { wordMisfit } from './misfit-words.ts'

/**
 * Throws a FaultyFile when a contract's number or a notice's code stands twice in the file, under whatever customer. What
 * must differ only within one customer is looked after by its door.
 */
export function expectEachOnce(file: JsonFile<ImportContent>): void {
  const { notices = [], customers = [] } = file.content
  const numbers = customers.flatMap(({ contracts = [] }, customer) =>
    contracts.map(({ number }, index) => ({
      key: number,
      path: ['customers', customer, 'contracts', index, 'number'],
    })),
  )
  const codes = [
    ...notices.map(({ code }, index) => ({ key: code, path: ['notices', index, 'code'] })),
    ...customers.flatMap(({ notices: own = [] }, customer) =>
      own.map(({ code }, index) => ({ key: code, path: ['customers', customer, 'notices', index, 'code'] })),
    ),
  ]
  const faults = [...repeated(numbers), ...repeated(codes)]
  if (faults.length > 0) throw file.faulty(faults)
}

function repeated(places: readonly { key: string; path: JsonPath }[]): Fault[] {
  const twice = findTwice(places.map(({ key }) => key))
  return twice.map((misfit) => ({ path: places[misfit.entry]?.path ?? [], message: wordMisfit(misfit) }))
}

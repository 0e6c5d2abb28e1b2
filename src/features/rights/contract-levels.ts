import type { Level } from './level.ts'

/** The levels of single contracts. A user may have thousands, and they are kept: so they are texts, with 37 letters of each. */
export interface ContractLevels {
  readonly size: number
  /** Their ids, in order, with commas between. */
  readonly ids: string
  get: (id: string) => Level | undefined
  /** By its place among the ids, from 0. */
  idAt: (place: number) => string
  editable: () => ContractLevels
}

const idLength = 36
const step = idLength + 1

export function contractLevels(levels: ReadonlyMap<string, Level>): ContractLevels {
  const sorted = [...levels.keys()].toSorted()
  const ids = sorted.join(',')
  // One letter of each.
  const mayEdit = sorted.map((id) => (levels.get(id) === 'edit' ? '+' : '-')).join('')
  const idAt = (place: number): string => ids.slice(step * place, step * place + idLength)
  const placeOf = (id: string): number => {
    let low = 0
    let high = mayEdit.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (idAt(middle) < id) low = middle + 1
      else high = middle
    }
    return idAt(low) === id ? low : -1
  }
  return {
    size: mayEdit.length,
    ids,
    get(id) {
      const place = placeOf(id)
      return place < 0 ? undefined : mayEdit[place] === '+' ? 'edit' : 'view'
    },
    idAt,
    editable() {
      const places = Array.from({ length: mayEdit.length }, (_, place) => place)
      return contractLevels(
        new Map(places.filter((place) => mayEdit[place] === '+').map((place) => [idAt(place), 'edit'])),
      )
    },
  }
}

/** What is kept of one owner: the owner, and what was made for it. */
interface Kept<Owner> {
  owner: Owner
  /** As long as this is the same, so is all that is kept. */
  version: number
  /** Times between which it holds. */
  from: Date
  until: Date
  /** In bytes, as estimated. */
  weight: number
}

export interface KeepingBounds {
  /** Bytes of one owner. */
  ofOne: number
  /** Bytes of all. */
  ofAll: number
}

/** What something weighs, and until when it holds if nothing changes; without it, as long as its version. */
export interface Holding {
  weight: number
  until?: Date | undefined
}

interface Learned<Owner> extends Holding {
  owner: Owner
  version: number
  now: Date
}

/** What a process keeps of many owners, under versions. Those met longest ago make room. */
export interface Keeping<Owner extends object> {
  find: (key: string, now: Date) => { owner: Owner; version: number } | undefined
  keep: (key: string, learned: Learned<Owner>) => void
  forget: (key: string) => void
  /**
   * Makes something for an owner once: for as long as the owner is kept, or the caller has it in hand. What does not fit in, or
   * could not be made, is made again the next time.
   */
  once: <T>(owner: Owner, name: string, make: () => Promise<{ made: T } & Holding>) => Promise<T>
}

export function openKeeping<Owner extends object>(bounds: KeepingBounds): Keeping<Owner> {
  const { find, keep, forget, add } = openStore<Owner>(bounds)
  const made = new WeakMap<Owner, Map<string, Promise<unknown>>>()
  return {
    find,
    keep,
    forget,
    async once<T>(owner: Owner, name: string, make: () => Promise<{ made: T } & Holding>): Promise<T> {
      const own = made.get(owner) ?? new Map<string, Promise<unknown>>()
      made.set(owner, own)
      // Of one name one thing is made.
      const before = own.get(name) as Promise<T> | undefined
      if (before) return before
      const making = make()
      const result = making.then(({ made: it }) => it)
      own.set(name, result)
      try {
        if (!add(owner, await making)) own.delete(name)
      } catch {
        own.delete(name)
      }
      return result
    },
  }
}

function openStore<Owner extends object>({ ofOne, ofAll }: KeepingBounds) {
  const kept = new Map<string, Kept<Owner>>()
  const keys = new WeakMap<Owner, string>()
  let weight = 0
  const forget = (key: string): void => {
    weight -= kept.get(key)?.weight ?? 0
    kept.delete(key)
  }
  const set = (key: string, one: Kept<Owner>): void => {
    forget(key)
    kept.set(key, one)
    weight += one.weight
    for (const eldest of kept.keys()) if (weight > ofAll) forget(eldest)
  }
  return {
    find(key: string, now: Date): Kept<Owner> | undefined {
      const one = kept.get(key)
      forget(key)
      if (!one || now < one.from || now >= one.until) return undefined
      set(key, one)
      return one
    },
    keep(key: string, { owner, version, now, weight: own, until = forever }: Learned<Owner>): void {
      keys.set(owner, key)
      if (own > ofOne) forget(key)
      else set(key, { owner, version, from: now, until, weight: own })
    },
    forget,
    /** What was made for an owner; answers whether there is room for it, or nobody keeps the owner. */
    add(owner: Owner, { weight: more, until }: Holding): boolean {
      const key = keys.get(owner) ?? ''
      const one = kept.get(key)
      if (one?.owner !== owner) return true
      if (one.weight + more > ofOne) return false
      set(key, { ...one, weight: one.weight + more, until: until && until < one.until ? until : one.until })
      return true
    },
  }
}

const forever = new Date(8_640_000_000_000_000)

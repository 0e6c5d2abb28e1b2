/** More work has been asked for than can be done in reasonable time: answer 503 with Retry-After. */
export class TooBusy extends Error {}

export type Line = <T>(who: string, work: () => Promise<T>) => Promise<T>

interface Waiting {
  start: () => void
  refuse: (reason: TooBusy) => void
}

/** Where works are slow because the database is, nobody who waits is to wait for rests as well, in ms. */
const longestRest = 200

/** When places of a line rest after a work, and for how many times as long as that took. */
export interface Rests {
  /** Fewer than these wait: none. */
  crowdedAt: number
  times: (waiting: number) => number
}

const never: Rests = { crowdedAt: Infinity, times: () => 0 }

/**
 * Runs `width` works at once and lets at most `longest` wait, each `who` in turn. When the line is full, whoever has the
 * most waiting gives way, so nobody fills it for others. In a crowded line a place rests after a work, but not longer than
 * `longestRest`: asking for more without an end brings less, and leaves the machine to others.
 */
export function fairLine(width: number, longest: number, { crowdedAt, times }: Rests = never): Line {
  const waiting = new Map<string, Waiting[]>()
  let running = 0
  let length = 0

  function startNext(): void {
    const next = running < width ? takeNext(waiting) : undefined
    if (!next) return
    length--
    running++
    next.start()
  }

  function leave(): void {
    running--
    startNext()
  }

  return async (who, work) => {
    if (length >= longest) {
      giveWay(waiting, who)
      length--
    }
    await new Promise<void>((start, refuse) => {
      length++
      waiting.set(who, [...(waiting.get(who) ?? []), { start, refuse }])
      startNext()
    })
    const begun = performance.now()
    try {
      return await work()
    } finally {
      if (length >= crowdedAt) setTimeout(leave, Math.min(times(length) * (performance.now() - begun), longestRest))
      else leave()
    }
  }
}

/** Takes the next work of whose turn it is. */
function takeNext(waiting: Map<string, Waiting[]>): Waiting | undefined {
  const [first] = waiting
  if (!first) return undefined
  const [who, works] = first
  // To the end of the round, behind everybody else who waits.
  waiting.delete(who)
  const next = works.shift()
  if (works.length > 0) waiting.set(who, works)
  return next
}

/** Somebody who asks for work, and the group whose share it counts against, too. */
export interface Asker {
  person: string
  group: string
  /** Stands for people who were not told apart, who may be an office. */
  isMany?: boolean
}

/** How much of something there is for one person, for one group, for everybody together. */
export interface Shares {
  person: number
  group: number
  all: number
}

export interface SharedLine {
  join: <T>(asker: Asker, work: () => Promise<T>) => Promise<T>
  /** Whether more work of theirs would be refused. */
  isFullFor: (asker: Asker) => boolean
}

/**
 * A line in which people take turns within their group, and groups among each other: however much one of them asks for, others
 * wait for few. Past `longest` waiting, their own, their group's or everybody's, it throws TooBusy at once; but a line that others
 * have filled refuses nobody who has fewer works in it than could be done at once.
 */
export function sharedLine({ atOnce, longest }: { atOnce: Shares; longest: Shares }): SharedLine {
  // One person who does not stop asking is slowed down by all they wait for; of many, whom that would shut out, by half.
  const ofOne = linePerKey(atOnce.person, longest.person, (waiting) => waiting)
  const ofMany = linePerKey(atOnce.person, longest.person, () => atOnce.person)
  const groups = linePerKey(atOnce.group, longest.group, () => atOnce.group)
  const everybody = fairLine(atOnce.all, longest.all)
  // Who waits in a line of a person or a group is inside, too.
  const inside = { person: counts(), group: counts(), all: 0 }
  const isFullFor = ({ person, group }: Asker): boolean => {
    const [own, ofGroup] = [inside.person.of(person), inside.group.of(group)]
    return (
      own >= atOnce.person + longest.person ||
      (own >= atOnce.person && ofGroup >= atOnce.group + longest.group) ||
      (ofGroup >= atOnce.group && inside.all >= atOnce.all + longest.all)
    )
  }
  const count = ({ person, group }: Asker, more: 1 | -1): void => {
    inside.person.add(person, more)
    inside.group.add(group, more)
    inside.all += more
  }
  return {
    async join(asker, work) {
      const { person, group, isMany } = asker
      if (isFullFor(asker)) throw new TooBusy('Too much work waits already')
      count(asker, 1)
      try {
        return await (isMany ? ofMany : ofOne).join(person, person, () =>
          groups.join(group, person, () => everybody(group, work)),
        )
      } finally {
        count(asker, -1)
      }
    },
    isFullFor,
  }
}

/** How many there are of each key; what has none is forgotten. */
function counts() {
  const all = new Map<string, number>()
  const of = (key: string): number => all.get(key) ?? 0
  const add = (key: string, more: number): void => {
    const count = of(key) + more
    if (count > 0) all.set(key, count)
    else all.delete(key)
  }
  return { of, add }
}

/** A line for each key of its own: `width` at once of each, and crowded when four times as many wait. */
function linePerKey(width: number, longest: number, times: Rests['times']) {
  const lines = new Map<string, { line: Line; inside: number }>()
  const join = async <T>(key: string, who: string, work: () => Promise<T>): Promise<T> => {
    const own = lines.get(key) ?? { line: fairLine(width, longest, { crowdedAt: 4 * width, times }), inside: 0 }
    lines.set(key, own)
    own.inside++
    try {
      return await own.line(who, work)
    } finally {
      own.inside--
      if (own.inside === 0) lines.delete(key)
    }
  }
  return { join }
}

/** Sends away the last one of whoever has the most waiting, or the newcomer by throwing. */
function giveWay(waiting: ReadonlyMap<string, Waiting[]>, newcomer: string): void {
  const tooBusy = new TooBusy('Too much work waits already')
  const [most = []] = [...waiting.values()].toSorted((one, other) => other.length - one.length)
  const own = waiting.get(newcomer)?.length ?? 0
  if (own + 1 >= most.length) throw tooBusy
  most.pop()?.refuse(tooBusy)
}

import { hash, verify } from '@node-rs/argon2'

export interface Hasher {
  /** Argon2id of the password exactly as typed. */
  hash(password: string): Promise<string>
  /** Whether the password fits. Without a hash (nobody has that login ID) it takes the same time and answers false. */
  verify(password: string, hash: string | undefined): Promise<boolean>
}

/** Hashing is slow on purpose, so requests stand in line: a flood of logins must not take the machine from everybody else. */
export interface Passwords extends Hasher {
  /** Waits for the turn of `who`, then works. Throws TooBusy, before anything of the work, when the line is full. */
  inLine<T>(who: string, work: (hasher: Hasher) => Promise<T>): Promise<T>
}

/** More work has been asked for than can be done in reasonable time: answer 503 with Retry-After. */
export class TooBusy extends Error {}

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
// The library's algorithm, unless told otherwise, is argon2id.
const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

const atOnce = 2
const longestLine = 100

export async function openPasswords(): Promise<Passwords> {
  const line = fairLine(atOnce, longestLine)
  const nobodys = await hash('nobody has this password', parameters)
  const hasher: Hasher = {
    hash: (password) => hash(password, parameters),
    async verify(password, known) {
      const fits = await verify(known ?? nobodys, password)
      return fits && known !== undefined
    },
  }
  return { ...hasher, inLine: (who, work) => line(who, () => work(hasher)) }
}

type Line = <T>(who: string, work: () => Promise<T>) => Promise<T>

interface Waiting {
  start: () => void
  refuse: (reason: TooBusy) => void
}

/**
 * Runs `width` works at once and lets at most `longest` wait, each `who` in turn. When the line is full, whoever has the
 * most waiting gives way, so nobody fills it for others.
 */
export function fairLine(width: number, longest: number): Line {
  const waiting = new Map<string, Waiting[]>()
  let running = 0
  let length = 0

  function startNext(): void {
    const [first] = waiting
    if (!first || running >= width) return
    const [who, works] = first
    const next = works.shift()
    // To the end of the round, behind everybody else who waits.
    waiting.delete(who)
    if (works.length > 0) waiting.set(who, works)
    length--
    running++
    next?.start()
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
    try {
      return await work()
    } finally {
      running--
      startNext()
    }
  }
}

/** Sends away the last one of whoever has the most waiting, or the newcomer by throwing. */
function giveWay(waiting: ReadonlyMap<string, Waiting[]>, newcomer: string): void {
  const tooBusy = new TooBusy('Too many passwords wait to be checked')
  const [most = []] = [...waiting.values()].toSorted((one, other) => other.length - one.length)
  const own = waiting.get(newcomer)?.length ?? 0
  if (own + 1 >= most.length) throw tooBusy
  most.pop()?.refuse(tooBusy)
}

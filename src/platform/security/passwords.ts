import { hash, verify } from '@node-rs/argon2'
import { fairLine } from './fair-line.ts'

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

import { spawnSync } from 'node:child_process'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The user that PostgreSQL runs as, when it is not that of this process. */
export interface Account {
  name: string
  uid: number
  gid: number
}

/** Undefined: PostgreSQL runs as the user of this process. */
export type DatabaseUser = Account | undefined

const systemUser = 'madoguchi'

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** PostgreSQL refuses to run as root, and needs a user that the system knows by name. */
export function findOrCreateSystemUser(log: (line: string) => void): Account {
  const known = findAccount(systemUser)
  if (known) return known
  const made = spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    systemUser,
  ])
  // Also when useradd fails: another start may have made the same user in this moment.
  const found = findAccount(systemUser)
  if (found) {
    if (made.status === 0) log(`made the system user ${systemUser}: PostgreSQL does not run as root`)
    return found
  }
  const nobody = findAccount('nobody')
  if (!nobody)
    throw new Error(
      'PostgreSQL does not run as root, and there is neither useradd nor a user named nobody: start as an ordinary user',
    )
  log('PostgreSQL runs as the user nobody: the system user madoguchi could not be made')
  return nobody
}

export function accountOf(uid: number, gid: number): Account {
  return { name: nameOf(uid), uid, gid }
}

export function nameOf(uid: number): string {
  return accounts().find((account) => account.uid === uid)?.name ?? `with the id ${uid}`
}

/** Whether the account can get to what is in the folder. By the mode bits alone: an access list can only make the answer stricter than the truth. */
export function mayEnter(folder: string, account: Account): boolean {
  for (let step = realpathSync(folder); ; step = dirname(step)) {
    const { uid, gid, mode } = statSync(step)
    const enter = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & enter) === 0) return false
    if (step === dirname(step)) return true
  }
}

function findAccount(name: string): Account | undefined {
  return accounts().find((account) => account.name === name)
}

function accounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [name, , uid, gid] = line.split(':')
      return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
    })
}

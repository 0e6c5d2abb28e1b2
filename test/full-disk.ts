import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDataDir } from './program.ts'

/** A small disk of its own in memory; only root can make one. */
export interface SmallDisk {
  folder: string
  /** Takes all that is free but so many bytes. */
  fill(left: number): void
  empty(): void
}

/** Root in a container may not. */
export function canMakeDisks(): boolean {
  const ends = new AsyncDisposableStack()
  try {
    makeSmallDisk(ends, 1)
    return true
  } catch {
    return false
  } finally {
    void ends.disposeAsync()
  }
}

export function makeSmallDisk(ends: AsyncDisposableStack, megabytes: number): SmallDisk {
  const folder = makeDataDir(ends)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder], { stdio: 'ignore' })
  ends.defer(() => void execFileSync('umount', ['--lazy', folder]))
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill(left) {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)))
    },
    empty: () => rmSync(ballast, { force: true }),
  }
}

/** Gives the log of a server that is stopped (PostgreSQL's WAL) a disk of its own. */
export function moveLog(databaseFolder: string, { folder }: SmallDisk): void {
  const [from, to] = [join(databaseFolder, 'pg_wal'), join(folder, 'pg_wal')]
  execFileSync('cp', ['-a', from, to])
  rmSync(from, { recursive: true })
  symlinkSync(to, from)
  chmodSync(folder, 0o755)
}

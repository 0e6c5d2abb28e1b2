import type { ClientBase } from 'pg'

// The runners of the queue show that they live by a lock of the session that shows them: whatever ends their process, the
// database lets go of it. Each function works over a connection of the owner, to whom the queue belongs.

const lockOf = (runner: string): string => `hashtext('madoguchi.runner'), hashtext(${runner})`

/** Shows that this runner lives, as long as the session does. */
export async function showRunner(session: ClientBase, runner: string): Promise<void> {
  await session.query(`select pg_advisory_lock(${lockOf('$1')})`, [runner])
}

/** Shows it no longer: what it still holds may be given back. */
export async function hideRunner(session: ClientBase, runner: string): Promise<void> {
  await session.query(`select pg_advisory_unlock(${lockOf('$1')})`, [runner])
}

/**
 * Gives back the jobs of dead runners, which by itself the queue would keep for four hours. A runner is dead that no session
 * shows now, and none did at the look before: one whose session has just broken shows itself anew in the meantime.
 * Answers whom the next look has to suspect. `shown` are those of the session that asks.
 */
export async function releaseLeftJobs(
  session: ClientBase,
  { shown, suspects }: { shown: readonly string[]; suspects: readonly string[] },
): Promise<string[]> {
  // A shared lock, so that two who look at the same moment do not take each other for the runner.
  const { rows } = await session.query<{ runner: string }>(
    `select runner from (select distinct locked_by as runner from graphile_worker.jobs where locked_by <> all ($1)) holder
     where pg_try_advisory_xact_lock_shared(${lockOf('runner')})`,
    [shown],
  )
  const unseen = rows.map(({ runner }) => runner)
  const dead = unseen.filter((runner) => suspects.includes(runner))
  if (dead.length > 0) await session.query('select graphile_worker.force_unlock_workers($1)', [dead])
  return unseen.filter((runner) => !dead.includes(runner))
}

import type { ClientBase } from 'pg'

/**
 * Brings waiting mails forward: the queue waits longer after each try, in the end for hours, and a mail server that is back
 * must not wait for us so long. Over a connection of the owner, to whom the queue belongs.
 */
export async function hurryMails(owner: ClientBase): Promise<void> {
  await owner.query(
    `select graphile_worker.reschedule_jobs(array_agg(id), run_at := now() + interval '5 minutes') from graphile_worker.jobs
     where task_identifier = 'send-mail' and locked_at is null and run_at > now() + interval '5 minutes' having count(*) > 0`,
  )
}

import { sql } from 'kysely'
import { judgeFiles } from '#features/attachments/judge.ts'
import { drawLogo } from '#features/logos/draw.ts'
import { putLogo } from '#features/logos/put.ts'
import { importFile } from '#features/operator-data/import.ts'
import { addStaff } from '#features/staff/add.ts'
import type { Database, Transaction } from '#platform/database/database.ts'
import type { Passwords } from '#platform/security/passwords.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import {
  type DemoCredential,
  readDemoCredentials,
  readDemoLogo,
  readDemoPicture,
  readDemoStaff,
  readDemoWorld,
} from './inner/demo-files.ts'
import { addSampleHistory } from './inner/sample-history.ts'
import { addSamplePlaces } from './inner/sample-places.ts'
import { addSamplePeriod } from './inner/sample-period.ts'
import { addSamplePlan } from './inner/sample-plan.ts'
import { addSampleReview } from './inner/sample-review.ts'
import { addSampleNetworks } from './inner/sample-networks.ts'
import { addSampleRequest } from './inner/sample-request.ts'
import { addSampleReservation } from './inner/sample-reservation.ts'
import { addSampleTicket } from './inner/sample-ticket.ts'
import { addSampleTrust } from './inner/sample-trust.ts'
import { withRecentIncidents } from './inner/recent-incidents.ts'
import { withRecentTraffic } from './inner/recent-traffic.ts'

/** What loading the demo needs of the program. */
export interface DemoProgram {
  config: { demo: boolean; portalUrl: URL }
  /** The operator's (role `portal_operator`). */
  operator: Database
  passwords: Passwords
  secrets: Secrets
  now: () => Date
}

/**
 * Fills an empty portal with the demo's operator, customers and sample accounts, all or nothing. Answers whether it did:
 * outside a demo, and where there is a customer already, it changes nothing.
 */
export async function loadDemo({ config, operator, passwords, secrets, now }: DemoProgram): Promise<boolean> {
  if (!config.demo || !(await operator.transaction(isEmpty))) return false
  const files = await readDemoWorld()
  const staff = await readDemoStaff()
  const credentials = await hashPasswords(await readDemoCredentials(), passwords)
  const staffCredentials = await hashPasswords(staff, passwords)
  const logo = await drawLogo(await readDemoLogo(), 'demo')
  const pictures = await judgeFiles([await readDemoPicture()], 'demo')
  return operator.transaction(async (tx) => {
    // Of two starts at the same time only one shall load it.
    await sql`select pg_advisory_xact_lock(hashtext('madoguchi.demo'))`.execute(tx)
    if (!(await isEmpty(tx))) return false
    const mailing = { secrets, portalUrl: config.portalUrl }
    for (const file of files)
      await importFile(
        tx,
        { ...file, content: withRecentIncidents(withRecentTraffic(file.content, now()), now()) },
        { now: now(), mailing, report: () => undefined },
      )
    await addSamplePlaces(tx)
    await addSamplePeriod(tx, now())
    await addSamplePlan(tx, now())
    if (logo.ok) await putLogo(tx, { customerCode: 'sample-works', logo: logo.value, now: now() })
    for (const credential of credentials) await setCredential(tx, { credential, secrets, now: now() })
    await addSampleHistory(tx, now())
    await addSampleNetworks(tx)
    await addSampleTrust(tx, now())
    await addSampleReview(tx, now())
    await addSampleTicket(tx, pictures.ok ? pictures.value : [])
    await addSampleRequest(tx, now())
    await addSampleReservation(tx, now())
    for (const member of staff) await addStaff({ tx, now: now() }, member)
    for (const credential of staffCredentials) await setCredential(tx, { credential, secrets, now: now() })
    return true
  })
}

async function isEmpty(tx: Transaction): Promise<boolean> {
  const customer = await tx
    .selectFrom('customer')
    .select('id')
    .where('is_house', '=', false)
    .limit(1)
    .executeTakeFirst()
  return customer === undefined
}

interface HashedCredential {
  mail: string
  passwordHash: string
  totpSecret: string | undefined
}

async function hashPasswords(
  credentials: readonly DemoCredential[],
  passwords: Passwords,
): Promise<HashedCredential[]> {
  return Promise.all(
    credentials.map(async ({ mail, password, totpSecret }) => ({
      mail,
      passwordHash: await passwords.hash(password),
      totpSecret,
    })),
  )
}

interface CredentialToSet {
  credential: HashedCredential
  secrets: Secrets
  now: Date
}

/** Leaves a user as if the first login had been finished long ago: without its URL and its mail. */
async function setCredential(tx: Transaction, { credential, secrets, now }: CredentialToSet): Promise<void> {
  const user = await tx
    .updateTable('portal_user')
    .set({ state: 'active' })
    .where('login_id', '=', sql<string>`fold_text(${credential.mail})`)
    .where('state', '=', 'awaiting-registration')
    .returning(['id', 'customer_id'])
    .executeTakeFirstOrThrow()
  await tx.deleteFrom('first_login').where('user_id', '=', user.id).execute()
  await tx.deleteFrom('mail').where('user_id', '=', user.id).execute()
  await tx
    .insertInto('user_credential')
    .values({
      customer_id: user.customer_id,
      user_id: user.id,
      password_hash: credential.passwordHash,
      password_changed_at: now,
      totp_secret: credential.totpSecret ? secrets.seal(`totp ${user.id}`, credential.totpSecret) : null,
    })
    .execute()
}

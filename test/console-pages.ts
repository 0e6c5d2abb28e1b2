import { paths } from '#sites/console/paths.ts'
import type { TestDatabase } from './database.ts'
import type { MadeUser } from './make.ts'
import { writeMail } from './post-office.ts'
import { superuserOf } from './superuser.ts'

/** Pages of the console that have something to show: of each room its list, and one of what it lists. */
export async function pagesOfRooms(database: TestDatabase, user: MadeUser): Promise<string[]> {
  const admin = superuserOf(database)
  const idOf = async (text: string, values: unknown[] = []): Promise<string> =>
    (await admin.query<{ id: string }>(text, values)).rows[0]?.id ?? ''
  const mail = await writeMail(database, user, { address: user.mail })
  await admin.query(refuseMail, [mail])
  const [run, failed] = [await idOf(triedRun, runValues), await idOf(failedRun, [JSON.stringify([fault])])]
  const notice = await idOf(writtenNotice)
  const feedback = await idOf(givenFeedback, [user.customerId, user.id])
  await admin.query(addressClash, [user.customerId, user.id])
  await admin.end()
  return [
    paths.mails,
    paths.mail({ id: mail }),
    paths.imports,
    paths.addImport,
    paths.import({ id: run }),
    paths.import({ id: failed }),
    paths.notices,
    paths.addNotice,
    paths.notice({ id: notice }),
    paths.editNotice({ id: notice }),
    paths.maintenance,
    paths.portalMaintenance,
    paths.settingsMaintenance,
    paths.feedback,
    paths.feedbackOf({ id: feedback }),
    paths.addressClashes,
    paths.history,
    paths.visits,
  ]
}

const refuseMail = `
  update mail set state = 'refused', tries = 1, last_problem = 'EENVELOPE RCPT TO 550 5.1.1 <…>: User unknown' where id = $1`

const changed = [{ name: 'N130000001', differences: [{ field: 'suspended', from: 'false', to: 'true' }] }]
const runValues = [
  [{ kind: 'contracts', created: 1, changed: 1, unchanged: 7 }],
  [{ kind: 'contracts', customer: 'sankai', created: ['N130000002'], changed }],
  [{ kind: 'sites', customer: 'sankai', names: ['tokyo', 'osaka'] }],
].map((value) => JSON.stringify(value))
const triedRun = `
  insert into import_run (at, name, sha256, size, state, counts, changes, unnamed, contracts, ends)
  values (now(), 'customers.json', repeat('0', 64), 1234, 'tried', $1, $2, $3, 8, 1) returning id`

const fault = 'faulty.json:12: customers[0].contracts[3].opensOn must be a day such as 2026-12-06'
const failedRun = `
  insert into import_run (at, name, state, faults) values (now(), 'faulty.json', 'failed', $1) returning id`

const writtenNotice = `
  insert into notice_campaign (kind, title_ja, title_en, body_ja, body_en, for_administrators, is_important, by_mail, published_at, made_by, updated_at)
  values ('news', '年末年始の窓口', 'The help desk at New Year', '休みます。', 'It is closed.', true, true, true, now(), 'S-0001', now()) returning id`

const givenFeedback = `
  insert into feedback (customer_id, user_id, user_name, at, page, kind, text, language, browser)
  values ($1, $2, '山田 太郎', now(), '/contracts', 'trouble', '一覧が遅いです', 'ja', 'Firefox 145') returning key as id`

const addressClash = `
  insert into address_clash (customer_id, at, user_id, mail) values ($1, now(), $2, 'taken@example.com')`

import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { migrate } from '#program/migrate.ts'
import { testDatabase } from './database.ts'
import { type MadeUser, makerOf, signIn } from './make.ts'
import { type TestPortal, testPortal } from './portal.ts'
import { type Answer, hiddenFields, type TestBrowser } from './test-browser.ts'
import { until } from './until.ts'

const database = await testDatabase()
const make = makerOf(database)
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-migrations-'))
  await cp(new URL('../database/migrations/', import.meta.url), folder, { recursive: true })
})
after(async () => {
  await rm(folder, { recursive: true })
  await database[Symbol.asyncDispose]()
})

/** Of the tables that every request reads, or many write; the last in the order that is most in the way of requests. */
const migrations = {
  'a column more': `alter table portal_user add column shoe_size integer; alter table change_history add column weather text`,
  // What staff look through reads the column, too.
  'columns of other types': `drop view masked.portal_user; alter table portal_user alter column theme type varchar(10);
    alter table customer alter column name type varchar(200)`,
  'and back': `alter table customer alter column name type text;
    alter table portal_user alter column theme type text`,
  'a table that must be written anew': `alter table contract add column drawn_at timestamptz default clock_timestamp()`,
  'many tables, against the order of requests': `alter table change_history add column tide text;
    alter table user_group add column colour text; alter table form_draft add column ink text;
    alter table customer add column motto text; alter table portal_user add column hat text;
    alter table session alter column browser type varchar(500)`,
}

interface Reader {
  /** What was answered until now. */
  answers: string[]
  stop: () => Promise<void>
}

/** Somebody who reads and changes on and on, until an answer is none of those that belong there. */
function keepGoing(browser: TestBrowser): Reader {
  const answers: string[] = []
  const over = new AbortController()
  const note = async (what: string, asked: Promise<Answer>): Promise<Answer> => {
    const answer = await asked
    answers.push(`${what} ${answer.status}`)
    if (answer.status >= 400) over.abort()
    return answer
  }
  const going = (async () => {
    while (!over.signal.aborted) {
      for (const path of ['/services', '/contracts', '/users']) await note(`GET ${path}`, browser.get(path))
      const page = await note('GET /profile/display', browser.get('/profile/display'))
      const form = { ...hiddenFields(page.body, '/profile/display'), ...display }
      await note('POST /profile/display', browser.send('/profile/display', form))
    }
  })()
  return {
    answers,
    async stop() {
      over.abort()
      await going
    },
  }
}

const display = { language: 'ja', theme: 'dark', timeZone: 'Asia/Tokyo' }

async function usersOf(portal: TestPortal): Promise<TestBrowser[]> {
  const { id, customerId } = await make.user({ role: 'portal-administrator' })
  const serviceId = await make.service()
  await make.contract({ customerId, serviceId })
  await make.group({ customerId, rights: [{ level: 'view' }], members: [id] })
  const others: MadeUser[] = []
  for (let i = 0; i < 5; i++) others.push(await make.user({ customerId, role: 'portal-administrator' }))
  const browsers: TestBrowser[] = []
  for (const user of others) browsers.push(await signIn(portal, user))
  return browsers
}

test('whatever is migrated while requests run, none of them fails', async () => {
  const portal = await testPortal(database)
  const readers = (await usersOf(portal)).map(keepGoing)
  const answers = (): string[] => readers.flatMap((reader) => reader.answers)
  const goOn = async (): Promise<unknown> => {
    const earlier = answers().length
    return until(() => answers().length > earlier + 60 || answers().some((answer) => !expected.includes(answer)))
  }
  await goOn()
  for (const [at, text] of Object.values(migrations).entries()) {
    await writeFile(join(folder, `900${at}_more.sql`), text)
    await migrate(database.ownerConfig, pathToFileURL(`${folder}/`))
    await goOn()
  }
  await Promise.all(readers.map(({ stop }) => stop()))
  assert.deepEqual([...new Set(answers())].toSorted(), expected)
})

const expected = [
  'GET /contracts 200',
  'GET /profile/display 200',
  'GET /services 200',
  'GET /users 200',
  'POST /profile/display 303',
]

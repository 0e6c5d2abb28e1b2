import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { runImport } from '#features/user-imports/run.ts'
import { csvOf } from '#platform/web/csv.ts'
import { paths } from '#sites/portal/paths.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { type MadeUser, type Make, makerOf, signIn } from './make.ts'
import { type TestPortal, testPortal } from './portal.ts'
import { superuserOf } from './superuser.ts'
import type { Answer, TestBrowser } from './test-browser.ts'

/** A portal to which files of users are brought. */
export interface ImportPortal extends AsyncDisposable {
  portal: TestPortal
  make: Make
  admin: pg.Pool
  openWorld(): Promise<ImportWorld>
  /** Does what the worker does with what is on the page at the path. */
  work(path: string): Promise<void>
  /** Has it done, and answers the page that says what became of it. */
  apply(browser: TestBrowser, path: string, values?: Record<string, string>): Promise<string>
  usersOf(customerId: string): Promise<Record<string, unknown>[]>
}

export interface ImportWorld {
  administrator: MadeUser
  browser: TestBrowser
  /** Of the group 「営業部」. */
  member: MadeUser
}

export async function openImportPortal(): Promise<ImportPortal> {
  const database = await testDatabase()
  const portal = await testPortal(database)
  const make = makerOf(database)
  const admin = superuserOf(database)
  await make.operator()
  const work = (path: string): Promise<void> => runAsWorker(database, portal, path)
  return {
    portal,
    make,
    admin,
    work,
    openWorld: () => openWorld(make, portal),
    async apply(browser, path, values = { notices: 'on' }) {
      const answer = await browser.post(path, values)
      assert.equal(answer.status, 303, answer.body)
      assert.equal(answer.location, path)
      assert.match((await browser.get(path)).body, /登録しています（0／/)
      await work(path)
      return (await browser.get(path)).body
    },
    async usersOf(customerId) {
      const { rows } = await admin.query<Record<string, unknown>>(
        `select u.*, array(select g.name from user_group_member m join user_group g on g.id = m.user_group_id
           where m.user_id = u.id order by 1) as groups
         from portal_user u where customer_id = $1 order by created_at, name`,
        [customerId],
      )
      return rows
    },
    async [Symbol.asyncDispose]() {
      await admin.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function openWorld(make: Make, portal: TestPortal): Promise<ImportWorld> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  const member = await make.user({ customerId, name: '伊藤 三郎' })
  await make.group({ customerId, name: '営業部', rights: [{ level: 'edit' }], members: [member.id] })
  return { administrator, browser: await signIn(portal, administrator), member }
}

async function runAsWorker({ operator }: TestDatabase, { program }: TestPortal, path: string): Promise<void> {
  const { config, secrets, log, now } = program
  await runImport({ database: operator, secrets, portalUrl: config.portalUrl, log, now }, path.split('/').at(-1) ?? '')
}

export const heading: string[] = ['管理ID', '名前', 'メールアドレス', '電話番号', 'ユーザー権限', 'ユーザーグループ']

/** A row that adds somebody to the group. */
export function newcomer(mail = `${randomUUID()}@example.com`): string[] {
  return ['', '新人 一郎', mail, '03-0000-0101', '一般ユーザー', '営業部']
}

export function bringFile(browser: TestBrowser, bytes: Uint8Array, mode = 'update'): Promise<Answer> {
  return browser.sendFile(paths.importUsers, {
    fields: { mode },
    file: { field: 'file', name: 'users.csv', bytes: Uint8Array.from(bytes) },
  })
}

/** The page that says what the rows would do. */
export async function tryRows(
  browser: TestBrowser,
  rows: readonly string[][],
  mode?: string,
): Promise<{ path: string; body: string }> {
  const answer = await bringFile(browser, new TextEncoder().encode(csvOf(rows, { isFirst: true })), mode)
  assert.equal(answer.status, 303, answer.body)
  return { path: answer.location, body: (await browser.get(answer.location)).body }
}

import assert from 'node:assert/strict'
import type pg from 'pg'
import { runLineImport } from '#features/line-imports/run.ts'
import { csvOf } from '#platform/web/csv.ts'
import { paths } from '#sites/settings/paths.ts'
import type { TestDatabase } from './database.ts'
import { testSecrets } from './portal.ts'
import { type TestSettings, writeSettings } from './line-settings.ts'
import { type BothSites, makeSignOnWorld, openSettings, type SignOnWorld } from './sign-on.ts'
import type { Answer } from './test-browser.ts'

/** A line to which files are brought, and who may edit and view it. */
export interface LineImportWorld extends SignOnWorld {
  editor: BothSites
  viewer: BothSites
  bring(kind: ImportPath, file: Uint8Array | readonly (readonly string[])[], more?: Brought): Promise<Answer>
  /** The page that says what the file would do. */
  tryFile(
    kind: ImportPath,
    file: Uint8Array | readonly (readonly string[])[],
    more?: Brought,
  ): Promise<Answer & { path: string }>
  /** Applies what is on the page at the path, which leads on. */
  apply(path: string): Promise<Answer>
  /** Does what the worker does with it. */
  work(path: string): Promise<Date | undefined>
  write(settings: TestSettings): Promise<void>
  /** Every row of settings of the line, as text. */
  state(): Promise<string>
}

export type ImportPath = 'importExtensions' | 'importNumbers' | 'importCallGroups'

interface Brought {
  mode?: 'update' | 'add-only'
  by?: BothSites
}

export async function makeLineImportWorld(database: TestDatabase): Promise<LineImportWorld> {
  const world = await makeSignOnWorld(database)
  const { admin, contract, customerId, path, portal, signedIn, userWith } = world
  const [editor, viewer] = [await signedIn(await userWith('edit')), await signedIn(await userWith('view'))]
  const write = (settings: TestSettings): Promise<void> => rewrite(admin, { customerId, contract }, settings)
  await write({})
  for (const both of [editor, viewer]) await openSettings(both, path)
  const bring: LineImportWorld['bring'] = (kind, file, { mode = 'update', by = editor } = {}) =>
    by.settings.sendFile(paths[kind]({ contract }), {
      fields: { mode },
      file: {
        field: 'file',
        name: 'settings.csv',
        bytes: Uint8Array.from(file instanceof Uint8Array ? file : bytesOf(file)),
      },
    })
  return {
    ...world,
    editor,
    viewer,
    bring,
    async tryFile(kind, file, more = {}) {
      const answer = await bring(kind, file, more)
      assert.equal(answer.status, 303, answer.body)
      const shown = await (more.by ?? editor).settings.get(answer.location)
      assert.equal(shown.status, 200)
      return { ...shown, path: answer.location }
    },
    apply: (at) => editor.settings.post(at, {}),
    work: (at) =>
      runLineImport(
        { database: database.operator, secrets: testSecrets, now: portal.program.now },
        at.split('/').at(-1) ?? '',
      ),
    write,
    state: () => stateOf(admin, contract),
  }
}

const bytesOf = (rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(csvOf(rows, { isFirst: true }))

const relations = [
  'forward',
  'call_group_member',
  'call_group',
  'extension',
  'external_number',
  'calendar_slot',
  'calendar_day',
  'calendar',
  'inside_number',
]

/** In no file and no history: what calls may be passed on to. */
const beside = ['outside_target']

async function rewrite(
  admin: pg.Pool,
  { customerId, contract }: { customerId: string; contract: string },
  settings: TestSettings,
): Promise<void> {
  const client = await admin.connect()
  try {
    await client.query('set session_replication_role = replica')
    for (const relation of [...relations, ...beside])
      await client.query(`delete from pbx.${relation} where contract_id = $1`, [contract])
    await writeSettings(client, { customerId, contractId: contract }, settings)
  } finally {
    client.release()
  }
}

async function stateOf(admin: pg.Pool, contract: string): Promise<string> {
  const told = await Promise.all(
    relations.map(async (relation) => {
      const { rows } = await admin.query<{ row: string }>(
        `select (to_jsonb(t) - '{version,search}'::text[])::text as row from pbx.${relation} t where contract_id = $1 order by 1`,
        [contract],
      )
      return rows.map(({ row }) => `${relation} ${row}`)
    }),
  )
  return told.flat().join('\n')
}

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { findHouseProblems } from '#test/house-rules.ts'

const root = join(import.meta.dirname, '..')

test('imports against the direction are found, each by its rule, and no others', () => {
  using tree = plant({
    'src/platform/words.ts': `import '#features/users/add.ts'`,
    'src/platform/database/database.ts': `import 'kysely'`,
    'src/platform/ui/page.tsx': `import 'preact'\nexport const page = 1`,
    'src/features/users/add.ts': `import './inner/secret.ts'\nawait using nothing = null\nexport interface User {}`,
    'src/features/users/inner/secret.ts': `export interface Secret {}`,
    'src/features/groups/list.ts': `import type { Secret } from '#features/users/inner/secret.ts'`,
    'src/features/groups/web.ts': `import 'hono'\nimport { page } from '#platform/ui/page.tsx'\nimport './circle.ts'`,
    'src/features/groups/circle.ts': `import type {} from './web.ts'\nawait using app = await import('#sites/frame/head.tsx')`,
    'src/sites/frame/head.tsx': `import type { User } from '#features/users/add.ts'`,
    'src/sites/frame/menu.tsx': `import '#features/users/add.ts'`,
    'src/sites/portal/portal.tsx': `import 'kysely'\nimport '#platform/database/database.ts'\nimport '#sites/frame/head.tsx'`,
    'src/sites/portal/users.ts': `import '#sites/settings/numbers.ts'\nimport '#features/users/inner/secret.ts'`,
    'src/sites/settings/numbers.ts': `import 'playwright-core'\nimport '../../platform/database/database.ts'\nimport '#test/make.ts'`,
    'src/sites/settings/calls.ts': `import '#platform/missing.ts'\nimport '#features/users/add.ts'`,
    'src/doors/jobs/worker.ts': `import '#program/config.ts'\nimport '#doors/commands/users.ts'`,
    'src/doors/commands/users.ts': `import '#program/config.ts'`,
    'src/program/config.ts': `import '#features/users/add.ts'`,
    'src/main.ts': `import '#program/config.ts'\nimport '#sites/portal/portal.tsx'\nimport '#sites/settings/numbers.ts'`,
    'src/features/users/add.test.ts': `import '#test/make.ts'\nimport '#sites/portal/portal.tsx'\nimport 'playwright-core'`,
    'test/make.ts': `import '#features/users/add.ts'\nexport const make = 1`,
  })
  assert.deepEqual(findForbiddenImports(tree.path), forbidden)
})

/** Each against its rule. */
const forbidden = [
  'doors-know-no-other-door: src/doors/jobs/worker.ts → src/doors/commands/users.ts',
  'everything-resolves: src/sites/settings/calls.ts → #platform/missing.ts',
  'features-by-their-doors-from-outside: src/sites/portal/users.ts → src/features/users/inner/secret.ts',
  'features-by-their-doors: src/features/groups/list.ts → src/features/users/inner/secret.ts',
  'features-know-no-site: src/features/groups/circle.ts → src/sites/frame/head.tsx',
  'features-know-no-site: src/features/groups/web.ts → node_modules/hono',
  'features-know-no-site: src/features/groups/web.ts → src/platform/ui/page.tsx',
  'imports-show-the-direction: src/sites/settings/numbers.ts → src/platform/database/database.ts',
  'no-circles: src/features/groups/circle.ts → src/features/groups/web.ts',
  'platform-knows-only-itself: src/platform/words.ts → src/features/users/add.ts',
  'production-without-test-code: src/sites/settings/numbers.ts → test/make.ts',
  'production-without-test-packages: src/sites/settings/numbers.ts → node_modules/playwright-core',
  'sites-know-no-other-site: src/sites/portal/users.ts → src/sites/settings/numbers.ts',
  'the-frame-knows-no-feature: src/sites/frame/menu.tsx → src/features/users/add.ts',
  'the-program-alone-starts-the-program: src/doors/jobs/worker.ts → src/program/config.ts',
  'views-do-not-query: src/sites/portal/portal.tsx → node_modules/kysely',
  'views-do-not-query: src/sites/portal/portal.tsx → src/platform/database/database.ts',
]

test('a name that says nothing, a gap in the migrations, a clock in a feature, a moved fence and rooms in a circle are found', () => {
  using tree = plant({
    'src/platform/utils.ts': '',
    'src/features/services/list.ts': 'const later = new Date(now.getTime() + 1)',
    'src/features/users/helpers/add.ts': 'const now = new Date()\nconst then = Date.now()',
    'src/features/users/add.test.ts': 'const now = new Date()',
    'src/features/orders/list.ts': `import type { Subject } from '#features/subjects/subject.ts'`,
    'src/features/subjects/subject.ts': `export interface Subject {}`,
    'src/features/subjects/events.ts': `import '#features/orders/order.ts'`,
    'src/features/orders/order.ts': '',
    'src/features/orders/find.ts': 'sql`select door.enter_fence_by_session(${hash}, ${now})`',
    'src/features/sessions/fence.ts': `sql\`select set_config('app.customer', '', true)\``,
    'src/sites/portal/orders.tsx': `sql\`select set_config('app.customer', '', true)\``,
    'src/sites/portal/orders.test.ts': `sql\`select set_config('app.customer', '', true)\``,
    'src/features/orders/order.test.ts': `import '#features/users/add.ts'`,
    'src/features/users/add.ts': `import '#features/orders/order.ts'`,
    'database/migrations/0001_user.sql': '',
    'src/platform/ui/field.tsx': '<input\n  maxLength={100}\n/>',
    'docs/decisions/0001-a.md': '',
    'docs/decisions/0001-b.md': '',
    'database/migrations/0003_contract.sql': '',
  })
  assert.deepEqual(findHouseProblems(tree.path), [
    'src/features/users/helpers: a name that says nothing',
    'src/platform/utils.ts: a name that says nothing',
    'database/migrations/0003_contract.sql: should be 0002_noun.sql',
    'docs/decisions/0001-b.md: should be 0002-title.md',
    'src/features/users/helpers/add.ts:1: the time is ctx.now',
    'src/features/users/helpers/add.ts:2: the time is ctx.now',
    'src/features/orders/find.ts:1: moves the fence, which sessions/fence.ts does',
    'src/sites/portal/orders.tsx:1: moves the fence, which sessions/fence.ts does',
    'src/platform/ui/field.tsx:2: maxlength cuts what is pasted, unsaid',
    'src/features/orders → src/features/subjects → src/features/orders: rooms in a circle',
  ])
})

test('a critical change that opens with a plain context, and a context confirmed by hand, are found', () => {
  const open = `export async function removeUser(
  ctx: Context,
  user: User,
): Promise<Outcome> {
  await ctx.tx.deleteFrom('portal_user').execute()
}`
  using tree = plant({
    'src/features/users/remove.ts': open,
    'src/features/users/suspend.ts': open.replace('ctx: Context', 'ctx: Confirmed<Context>'),
    'src/features/users/promote.ts': open.replace(/await.*/, "await sql`update portal_user set role = 'x'`"),
    'src/features/users/find.ts': open.replace('deleteFrom', 'selectFrom'),
    'src/features/users/own-profile.ts': open,
    'src/features/users/edit.ts': `${open}\n${open.replace('removeUser', 'editDetails')}\nexport const isCritical = (user: User) => {\n}`,
    'src/features/recovery-codes/renew.ts': [
      'export const renew = (tx: Transaction): Promise<void> => makeRecoveryCodes(tx)',
      'export const renewAll = async (ctx: Confirmed<Context>): Promise<void> => {',
    ].join('\n\n'),
    'src/sites/portal/remove.tsx': `const sure = confirmedOf(ctx)\nremoveUser(ctx as never, user)\nremoveUser(ctx as Confirmed<Context>, user)`,
    'src/platform/confirm.ts': `const sure = confirmedOf(ctx)`,
  })
  const plain = 'is critical, and takes no Confirmed<Context>'
  assert.deepEqual(findHouseProblems(tree.path), [
    `src/features/recovery-codes/renew.ts: renew ${plain}`,
    `src/features/users/edit.ts: removeUser ${plain}`,
    `src/features/users/promote.ts: removeUser ${plain}`,
    `src/features/users/remove.ts: removeUser ${plain}`,
    ...[1, 2, 3].map((line) => `src/sites/portal/remove.tsx:${line}: the platform alone confirms a context`),
  ])
})

interface Tree extends Disposable {
  path: string
}

/** A project of these files alone, with our packages and our rules. */
function plant(files: Record<string, string>): Tree {
  const path = mkdtempSync(join(tmpdir(), 'madoguchi-tree-'))
  for (const name of ['package.json', '.dependency-cruiser.mjs']) cpSync(join(root, name), join(path, name))
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

interface Violation {
  rule: { name: string }
  from: string
  to: string
}

/** `rule: from → to`, sorted; a package without its file. */
function findForbiddenImports(cwd: string): string[] {
  const cruiser = join(root, 'node_modules/.bin/depcruise')
  const { stdout } = spawnSync(process.execPath, [cruiser, '.', '--output-type', 'json'], { cwd, encoding: 'utf8' })
  // dependency-cruiser documents this shape.
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } }
  const shorten = (path: string): string => path.replace(/^.*(node_modules\/[^/]+)\/.*/, '$1')
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${shorten(to)}`).toSorted()
}

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
    'src/platform/database.ts': `import 'kysely'`,
    'src/platform/page.tsx': `import 'preact'\nexport const page = 1`,
    'src/features/users/add.ts': `import './inner/secret.ts'\nawait using nothing = null\nexport interface User {}`,
    'src/features/users/inner/secret.ts': `export interface Secret {}`,
    'src/features/groups/list.ts': `import type { Secret } from '#features/users/inner/secret.ts'`,
    'src/features/groups/web.ts': `import 'hono'\nimport { page } from '#platform/page.tsx'\nimport './circle.ts'`,
    'src/features/groups/circle.ts': `import type {} from './web.ts'\nawait using app = await import('#apps/frame/head.tsx')`,
    'src/apps/frame/head.tsx': `import type { User } from '#features/users/add.ts'`,
    'src/apps/frame/menu.tsx': `import '#features/users/add.ts'`,
    'src/apps/portal/portal.tsx': `import 'kysely'\nimport '#platform/database.ts'\nimport '#apps/frame/head.tsx'`,
    'src/apps/portal/users.ts': `import '#apps/settings/numbers.ts'\nimport '#features/users/inner/secret.ts'`,
    'src/apps/settings/numbers.ts': `import 'playwright-core'\nimport '../../platform/database.ts'\nimport '#test/make.ts'`,
    'src/apps/settings/calls.ts': `import '#platform/missing.ts'\nimport '#features/users/add.ts'`,
    'src/main.ts': `import '#apps/portal/portal.tsx'\nimport '#apps/settings/numbers.ts'`,
    'src/features/users/add.test.ts': `import '#test/make.ts'\nimport '#apps/portal/portal.tsx'\nimport 'playwright-core'`,
    'test/make.ts': `import '#features/users/add.ts'\nexport const make = 1`,
  })
  assert.deepEqual(findForbiddenImports(tree.path), [
    'apps-know-no-other-app: src/apps/portal/users.ts → src/apps/settings/numbers.ts',
    'everything-resolves: src/apps/settings/calls.ts → #platform/missing.ts',
    'features-by-their-doors-from-outside: src/apps/portal/users.ts → src/features/users/inner/secret.ts',
    'features-by-their-doors: src/features/groups/list.ts → src/features/users/inner/secret.ts',
    'features-know-no-site: src/features/groups/circle.ts → src/apps/frame/head.tsx',
    'features-know-no-site: src/features/groups/web.ts → node_modules/hono',
    'features-know-no-site: src/features/groups/web.ts → src/platform/page.tsx',
    'imports-show-the-direction: src/apps/settings/numbers.ts → src/platform/database.ts',
    'no-circles: src/features/groups/circle.ts → src/features/groups/web.ts',
    'platform-knows-only-itself: src/platform/words.ts → src/features/users/add.ts',
    'production-without-test-code: src/apps/settings/numbers.ts → test/make.ts',
    'production-without-test-packages: src/apps/settings/numbers.ts → node_modules/playwright-core',
    'the-frame-knows-no-feature: src/apps/frame/menu.tsx → src/features/users/add.ts',
    'views-do-not-query: src/apps/portal/portal.tsx → node_modules/kysely',
    'views-do-not-query: src/apps/portal/portal.tsx → src/platform/database.ts',
  ])
})

test('a name that says nothing, a gap in the migrations and a clock in a feature are found', () => {
  using tree = plant({
    'src/platform/utils.ts': '',
    'src/features/services/list.ts': 'const later = new Date(now.getTime() + 1)',
    'src/features/users/helpers/add.ts': 'const now = new Date()\nconst then = Date.now()',
    'src/features/users/add.test.ts': 'const now = new Date()',
    'database/migrations/0001_user.sql': '',
    'database/migrations/0003_contract.sql': '',
  })
  assert.deepEqual(findHouseProblems(tree.path), [
    'src/features/users/helpers: a name that says nothing',
    'src/platform/utils.ts: a name that says nothing',
    'database/migrations/0003_contract.sql: should be 0002_noun.sql',
    'src/features/users/helpers/add.ts:1: the time is ctx.now',
    'src/features/users/helpers/add.ts:2: the time is ctx.now',
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

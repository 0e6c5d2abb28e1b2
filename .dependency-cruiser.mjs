// The table "Who may import whom". dependency-cruiser reads TypeScript 7 only through @swc/core; test/check.test.ts
// plants an import against every rule, so that a blind run cannot pass for a clean one.
import { Visitor } from '@swc/core/Visitor.js'

// swc parses `using`, but the visitor it ships throws at it.
const { visitStatement } = Visitor.prototype
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
  this.visitVariableDeclarators(statement.decls)
  return statement
}

const tests = '[.]test[.]tsx?$'
const queryBuilder = ['node_modules/(kysely|pg|pg-cursor)/', '^src/platform/database[.]ts$']
const webFramework = ['node_modules/(@hono|hono|preact|preact-render-to-string)/']

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      comment: 'What does not resolve escapes every other rule.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'platform-knows-only-itself',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: tests },
      to: { path: '^(src|test|bench)/', pathNot: '^src/platform/' },
    },
    {
      name: 'features-know-no-site',
      severity: 'error',
      from: { path: '^src/features/', pathNot: tests },
      to: { path: ['^src/(?!features/|platform/)', '^src/platform/(page[.]tsx|ui/|web/)', ...webFramework] },
    },
    {
      name: 'features-by-their-doors',
      severity: 'error',
      comment: "A door is a feature's top-level file; what lies deeper, as in inner/, is its own.",
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/[^/]+/[^/]+/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'features-by-their-doors-from-outside',
      severity: 'error',
      from: { pathNot: '^src/features/' },
      to: { path: '^src/features/[^/]+/[^/]+/' },
    },
    {
      name: 'apps-know-no-other-app',
      severity: 'error',
      from: { path: '^src/apps/([^/]+)/', pathNot: tests },
      to: { path: '^src/(?!features/|platform/)', pathNot: '^src/apps/(?:$1|frame)/' },
    },
    {
      name: 'the-frame-knows-no-feature',
      severity: 'error',
      comment: 'It may name the shapes it shows: types only.',
      from: { path: '^src/apps/frame/', pathNot: tests },
      to: { path: '^src/features/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'views-do-not-query',
      severity: 'error',
      from: { path: '^src/.+[.]tsx$', pathNot: tests },
      to: { path: queryBuilder },
    },
    {
      name: 'imports-show-the-direction',
      severity: 'error',
      comment: 'Out of its own folder a file imports by #platform/, #features/ or #apps/.',
      from: { path: '^src/(platform|features/[^/]+|apps/[^/]+)/' },
      to: { path: '^src/', pathNot: '^src/$1/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'production-without-test-code',
      severity: 'error',
      from: { path: '^(src/|database/|run[.]mjs$)', pathNot: tests },
      to: { path: ['^(test|bench)/', tests] },
    },
    {
      name: 'production-without-test-packages',
      severity: 'error',
      from: { path: '^(src/|database/|run[.]mjs$)', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(demo|docs)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'default'] },
  },
}

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
const queryBuilder = ['node_modules/(kysely|pg|pg-cursor)/', '^src/platform/database/']
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
      to: { path: ['^src/(?!features/|platform/)', '^src/platform/(ui/|web/)', ...webFramework] },
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
      name: 'sites-know-no-other-site',
      severity: 'error',
      comment: 'The login is a room of every site that has one; it knows none of them.',
      from: { path: '^src/sites/([^/]+)/', pathNot: tests },
      to: { path: '^src/(?!features/|platform/)', pathNot: '^src/sites/(?:$1|frame|login)/' },
    },
    {
      name: 'doors-know-no-other-door',
      severity: 'error',
      comment: 'The commands start what they need of the program by themselves.',
      from: { path: '^src/doors/([^/]+)/', pathNot: tests },
      to: { path: '^src/(?!features/|platform/)', pathNot: ['^src/doors/$1/', '^src/program/'] },
    },
    {
      name: 'the-program-alone-starts-the-program',
      severity: 'error',
      from: { path: '^src/(?!program/|main[.]ts$|doors/commands/)', pathNot: tests },
      to: { path: '^src/program/' },
    },
    {
      name: 'the-frame-knows-no-feature',
      severity: 'error',
      comment: 'It may name the shapes it shows: types only.',
      from: { path: '^src/sites/frame/', pathNot: tests },
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
      comment: 'Out of its own folder a file imports by #platform/, #features/, #sites/, #doors/ or #program/.',
      from: { path: '^src/(program|platform|features/[^/]+|sites/[^/]+|doors/[^/]+)/' },
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
    exclude: { path: '^(data|demo|docs)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'default'] },
  },
}

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { forgetImportRuns } from '#features/import-runs/forget.ts'
import { days, hours } from '#platform/time/duration.ts'
import { customer } from '#test/import-file.ts'
import { openRunWorld, runIdOf, type RunWorld } from '#test/import-runs.ts'
import { makerOf } from '#test/make.ts'
import { signInStaff } from '#test/staff.ts'
import { paths } from '../paths.ts'

let own: RunWorld

before(async () => {
  own = await openRunWorld()
})
after(() => own[Symbol.asyncDispose]())

test('all faults of a file are named at once, each with its line, its place and what to do', async () => {
  const path = await own.tried(
    JSON.stringify(
      {
        customers: [
          { code: 'nameless', contracts: [{ number: 'N1', service: 'phone', opensOn: '1.12.2026', colour: 'red' }] },
          { code: 'x', name: 'x', contracts: 'none' },
        ],
      },
      null,
      1,
    ),
  )
  const body = await own.bodyOf(path)
  assert.match(body, /直すところが4件あります/)
  for (const said of [
    'customers[0].name',
    'customers[0].contracts[0].opensOn',
    'customers[0].contracts[0].colour',
    'customers[1].contracts',
  ])
    assert(body.includes(`<code>${said}</code>`), said)
  assert.match(body, /必須です。値を追加してください。/)
  assert.match(body, /日付は2026-12-06の形式にしてください。/)
  // Of several customers what does not fit the database is told of each.
  const [one, two] = [customer('lost-1'), customer('lost-2')]
  const lost = await own.tried({
    customers: [one, two].map((each) => ({ ...each, contracts: [{ ...each.contracts[0], service: 'teleport' }] })),
  })
  const found = await own.bodyOf(lost)
  for (const at of [0, 1]) assert(found.includes(`<code>customers[${at}].contracts[0].service</code>`))
  assert.match(found, /先に取り込むか、コードを直してください/)
  assert.deepEqual(await own.codesOf('lost-1'), [])
  const english = await own.signIn()
  await english.get(`${paths.imports}?lang=en`)
  assert.match((await english.get(lost)).body, /Import it first, or correct the code/)
  assert.match((await english.get(paths.addImport)).body, /Bring a file/)
})

test('a file brings users with a customer that it makes, and none to one that is there: who makes a user can be it', async () => {
  const acme = customer('door')
  const file = { customers: [acme] }
  await own.applied(await own.tried(file, { fields: { holds: 'on' } }))
  for (const role of ['portal-administrator', 'general-user']) {
    const stranger = { ...acme.users[0], mail: `${role}@elsewhere.example`, name: 'Stranger', role }
    const refused = await own.tried({ customers: [{ ...acme, users: [...acme.users, stranger] }] })
    const body = await own.bodyOf(refused)
    assert(body.includes('<code>customers[0].users[') && body.includes('すでに登録されているお客様に'), body)
    const found = sql<object>`select id from portal_user where mail = ${stranger.mail}`
    assert.deepEqual(await own.world.query(found), [])
  }
})

test('what is no such file is refused at the field, whatever it is called, and nothing is kept', async () => {
  const runs = () => own.world.query(sql`select id from import_run`)
  const former = await runs()
  const wrong: [string | Uint8Array, RegExp][] = [
    [new Uint8Array(Buffer.from('PK\u0003\u0004…')), /Excelブックまたは圧縮ファイル/],
    [new Uint8Array([0x7b, 0xff, 0xfe]), /UTF-8の文字ではない/],
    ['code,name\n1,2', /JSON形式ではありません/],
    [' \n', /ファイルが空です/],
    [`{${' '.repeat(10 * 1024 * 1024)}}`, /10MBを超えています/],
  ]
  for (const [content, said] of wrong) {
    const refused = await own.bring(content)
    assert.notEqual(refused.status, 303)
    assert.match(refused.body, said)
  }
  assert.match((await own.staff.sendFile(paths.addImport, {})).body, /取り込みファイル（JSON）が選択されていません/)
  assert.deepEqual(await runs(), former)
  for (const content of ['{', '{"customers": [}', `{"a": ${'['.repeat(200_000)}`, '{"operator": null}', '{} {}']) {
    const path = await own.tried(content)
    const { status, body } = await own.staff.get(path)
    assert.equal(status, 200)
    assert.match(body, /直すところが/)
  }
  const named = await own.tried('{}', { name: '..\\..\u202Egpj.<b>\u0000x/../名前.json' })
  assert.match(await own.bodyOf(named), /<h1[^>]*>名前\.json/)
})

test('it can be applied within the hour, once, and only as long as it would do the same', async () => {
  const acme = customer('late')
  const path = await own.tried({ customers: [acme] })
  const form = await own.formOf(path)
  await own.world.query(sql`update import_run set expires_at = ${own.portal.program.now()} where id = ${runIdOf(path)}`)
  assert.match((await own.staff.send(path, form)).body, /1時間を過ぎたか/)
  own.portal.advance(1 * hours)
  own.staff = await own.signIn()
  assert.match(await own.bodyOf(path), /試行から1時間を過ぎたため/)
  await own.world.database.operator.transaction((tx) => forgetImportRuns(tx, own.portal.program.now()))
  assert.deepEqual(await own.partsOf(path), [])
  const [first, second] = [await own.tried({ customers: [acme] }), await own.tried({ customers: [acme] })]
  const twice = await own.formOf(first)
  assert.match(await own.applied(first), /反映しました/)
  assert.match(await own.applied(second), /would do something else by now/)
  assert.match((await own.staff.send(first, twice)).body, /すでに反映されています/)
  // Bytes that are others than those that were tried are not applied.
  const third = await own.tried({ customers: [customer('changed-bytes')] })
  await own.world.query(sql`update import_part set bytes = '{}' where run_id = ${runIdOf(third)}`)
  assert.match(await own.applied(third), /is not the file that was tried/)
  assert.deepEqual(await own.codesOf('changed-bytes'), [])
})

test('only provisioning opens them; what is not there is not found; and after a year nothing is left', async () => {
  const path = await own.tried('{}')
  const reader = await signInStaff(
    own.portal,
    await makerOf(own.world.database).staff({ roles: ['support', 'content'] }),
  )
  for (const each of [paths.imports, paths.addImport, path]) assert.equal((await reader.get(each)).status, 403)
  assert.equal((await reader.send(path, {})).status, 403)
  assert.notEqual((await own.staff.send(path, {})).status, 303)
  assert.equal((await own.staff.get(paths.import({ id: randomUUID() }))).status, 404)
  await own.world.database.operator.transaction((tx) => forgetImportRuns(tx, new Date(Date.now() + 500 * days)))
  assert.deepEqual(await own.world.query(sql`select id from import_run`), [])
})

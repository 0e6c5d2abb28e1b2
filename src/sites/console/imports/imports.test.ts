import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { runImport } from '#features/import-runs/work.ts'
import { openLog } from '#platform/log.ts'
import { addressesOf, customer } from '#test/import-file.ts'
import { bytesOf, openRunWorld, runIdOf, type RunWorld } from '#test/import-runs.ts'
import { testSecrets, testUrl } from '#test/portal.ts'
import { typed } from '#test/typed.ts'
import { paths } from '../paths.ts'

let own: RunWorld

before(async () => {
  own = await openRunWorld()
})
after(() => own[Symbol.asyncDispose]())

test('a file is tried, shown with what it would make, and applied as the very bytes that were tried', async () => {
  const acme = customer('acme')
  const path = await own.tried({ customers: [acme] })
  const body = await own.bodyOf(path)
  assert.match(body, /試行しました。まだ何も変わっていません/)
  for (const said of [acme.contracts[0]?.number ?? '', 'anna@acme.example', '>head<']) assert(body.includes(said), said)
  assert(
    body.includes(
      createHash('sha256')
        .update(bytesOf({ customers: [acme] }))
        .digest('hex'),
    ),
  )
  assert.deepEqual(await own.codesOf('acme'), [])
  assert.match(await own.applied(path), /反映しました。/)
  assert.deepEqual(await own.codesOf('acme'), [{ name: 'acme' }])
  assert.deepEqual(await own.partsOf(path), [])
  const mails = await own.world.query(sql`select kind from mail where recipient = 'anna@acme.example'`)
  assert.deepEqual(mails, [{ kind: 'opening-notice' }])
  const history = await own.world.query(
    sql`select action, subject_name from change_history where customer_id = house() and subject_kind = 'import'`,
  )
  assert.deepEqual(history, [{ action: 'import-confirmed', subject_name: 'file.json' }])
  // Once more it is nothing, and there is nothing to apply.
  const again = await own.tried({ customers: [acme] })
  assert.match(await own.bodyOf(again), /追加・変更するものはありません/)
})

test('what is changed is told field by field, and what the file leaves out is named', async () => {
  const acme = customer('differs')
  await own.applied(await own.tried({ customers: [acme] }, { fields: { holds: 'on' } }))
  assert.deepEqual(await own.world.query(sql`select kind from mail where recipient = 'anna@differs.example'`), [])
  const [, second] = acme.contracts
  const path = await own.tried({
    customers: [{ ...acme, name: '株式会社ちがう', contracts: [{ ...second, suspended: true }] }],
  })
  const body = await own.bodyOf(path)
  assert.match(body, /<code>name<\/code>.*<del>differs<\/del>.*<ins>株式会社ちがう<\/ins>/s)
  assert.match(body, /<code>suspended<\/code>.*<del>false<\/del>.*<ins>true<\/ins>/s)
  assert.match(body, new RegExp(`ファイルにないもの.*${acme.contracts[0]?.number}`, 's'))
  // Who brings a file has not looked at the customer: of its users there are initials.
  const without = await own.bodyOf(await own.tried({ customers: [{ ...acme, users: [] }] }))
  assert(without.includes('a***@differs.example') && !without.includes('anna@differs.example'))
})

test('a file that ends more than a fiftieth of the contracts is applied only where that is confirmed', async () => {
  const acme = customer('ending')
  await own.applied(await own.tried({ customers: [acme] }))
  const ended = { ...acme, contracts: acme.contracts.map((each) => ({ ...each, endedOn: '2026-11-01' })) }
  const path = await own.tried({ customers: [ended] })
  assert.match(await own.bodyOf(path), /2件を終了します。一部だけのファイルではないか/)
  const refused = await own.staff.post(path)
  assert.match(refused.body, /ご契約の終了を確認していません/)
  const open = () =>
    own.world.query(sql`select k.number from contract k join customer c on c.id = k.customer_id
    where c.code = 'ending' and k.ended_on is null`)
  assert.equal((await open()).length, 2)
  // Whoever confirms behind the page's back is refused by the worker.
  await own.world.query(sql`update import_run set state = 'queued' where id = ${runIdOf(path)}`)
  await own.work(path)
  assert.match(await own.bodyOf(path), /would end more contracts than was confirmed/)
  assert.equal((await open()).length, 2)
  const again = await own.tried({ customers: [ended] })
  assert.match(await own.applied(again, { ends: 'on' }), /反映しました/)
  assert.equal((await open()).length, 0)
})

test('a worker that was broken off does it once, and what cannot be worked on is told in the end', async () => {
  const path = await own.tried({ customers: [customer('broken-off')] })
  await own.staff.post(path)
  const off = new Error('off')
  const broken = { ...own.world.database.operator, transaction: () => Promise.reject(off) }
  const running = {
    database: broken,
    log: openLog('silent'),
    now: own.portal.program.now,
    secrets: testSecrets,
    portalUrl: testUrl,
  }
  await assert.rejects(runImport({ ...running, isLastTry: false }, runIdOf(path)), off)
  assert.match(await own.bodyOf(path), /反映しています/)
  assert.match((await own.staff.get(`${paths.importRunProgress}?id=${runIdOf(path)}`)).body, /反映しています/)
  await own.work(path)
  await own.work(path)
  assert.match(await own.bodyOf(path), /反映しました/)
  assert.deepEqual(JSON.parse((await own.staff.get(`${paths.importRunProgress}?id=${runIdOf(path)}`)).body), {
    isOver: true,
  })
  assert.deepEqual(await own.codesOf('broken-off'), [{ name: 'broken-off' }])
})

test('the command line’s imports stand in the list, with their faults', async () => {
  const environment = {
    ...addressesOf(own.world),
    PORTAL_URL: testUrl.href,
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  }
  const [good, wrong] = [
    await own.world.write({ customers: [customer('typed')] }),
    await own.world.write({ customers: [{ code: 'nameless' }] }),
  ]
  await typed(environment, 'import', '--dry-run', good)
  await typed(environment, 'import', good)
  await typed(environment, 'import', wrong)
  const { body } = await own.staff.get(`${paths.imports}?q=${good.split('/').at(-1)}`)
  assert.match(body, /コマンドライン/)
  assert.equal(body.match(/href="\/imports\/[0-9a-f-]{36}"/g)?.length, 2)
  const [failed] = await own.world.query<{ id: string }>(
    sql`select id from import_run where name = ${wrong.split('/').at(-1)}`,
  )
  assert.match(
    await own.bodyOf(paths.import({ id: failed?.id ?? '' })),
    /customers\[0\]\.name is missing|<code>customers\[0\]\.name/,
  )
  const [dry] = await own.world.query<{ id: string }>(
    sql`select id from import_run where state = 'tried' and staff_id is null`,
  )
  const ofCommand = paths.import({ id: dry?.id ?? '' })
  assert.match(await own.bodyOf(ofCommand), /コマンドラインで試行したファイルです/)
  assert.notEqual((await own.staff.post(ofCommand)).status, 303)
})

test('a try is noted as a look at each customer whose data it shows, and no more than twenty files are kept', async () => {
  const acme = customer('looked-at')
  await own.applied(await own.tried({ customers: [acme] }))
  const path = await own.tried({ customers: [{ ...acme, name: '別の名前' }] })
  const looks = await own.world.query<{ code: string }>(
    sql`select c.code from staff_visit v join customer c on c.id = v.customer_id where v.path = ${path}`,
  )
  assert.deepEqual(looks, [{ code: 'looked-at' }])
  const fresh = await own.tried({ customers: [customer('not-there')] })
  assert.deepEqual(await own.world.query(sql`select from staff_visit where path = ${fresh}`), [])
  await own.world.query(sql`
    insert into import_run (at, staff_id, staff_name, name, sha256, size, holds_notices, state, expires_at)
    select at, staff_id, staff_name, name, sha256, size, false, 'tried', expires_at from import_run, generate_series(1, 20)
    where id = ${runIdOf(fresh)}`)
  const refused = await own.staff.sendFile(paths.addImport, {
    file: { field: 'file', name: 'file.json', bytes: new Uint8Array(bytesOf({})) },
  })
  assert.match(refused.body, /試したファイルが20件残っています/)
})

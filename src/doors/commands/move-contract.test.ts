import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { changeLine } from '#features/line-changes/change.ts'
import { done } from '#platform/outcome.ts'
import { paths } from '#sites/portal/paths.ts'
import { paths as settingsPaths } from '#sites/settings/paths.ts'
import { faults } from '#test/import-file.ts'
import { inLine } from '#test/line.ts'
import { type MoveCase, type MoveWorld, openMoveWorld } from '#test/move-world.ts'
import { openSettings } from '#test/sign-on.ts'

let world: MoveWorld

before(async () => {
  world = await openMoveWorld()
})
after(() => world[Symbol.asyncDispose]())

/** Both customers of the import have a fault F-1. */
const renamed = ['--incident-code', 'F-1=F-9']

function move({ number, to }: MoveCase, ...words: string[]) {
  return world.operator('move-contract', ...renamed, ...words, number, to.code)
}

async function idAt({ number }: MoveCase, code: string): Promise<string> {
  const { rows } = await world.admin.query<{ id: string }>(
    'select k.id from contract k join customer c on c.id = k.customer_id where k.number = $1 and c.code = $2',
    [number, code],
  )
  return rows[0]?.id ?? assert.fail('no contract')
}

test('a dry run says what the move then does, and changes nothing', async () => {
  const given = await world.openCase('dry')
  const asBefore = await world.everything()
  const tried = await move(given, '--dry-run')
  assert.deepEqual([tried.exitCode, tried.problems], [0, ''])
  assert.deepEqual(await world.everything(), asBefore)
  const moved = await move(given)
  const [triedFirst, ...triedRest] = tried.output.split('\n')
  const [movedFirst, ...movedRest] = moved.output.split('\n')
  assert.equal(triedFirst, `Nothing was kept. It would be: ${given.number} (phone) moves from dry-from to dry-to.`)
  assert.equal(movedFirst, `${given.number} (phone) has moved from dry-from to dry-to.`)
  assert.deepEqual(triedRest, movedRest)
  assert.deepEqual(movedRest.slice(0, -1), [
    `goes along: faults and works 1 (F-9); frame of the line, telephone numbers 2 (${Object.values(given.telephones).join(', ')})`,
    'stays with dry-from: orders 1, inquiries 1, faults and works that are over 1, entries of blocked traffic 1, entries of the change history 0, memo "秘密のメモ"',
    'ends at dry-from: rights 1 (一契約: edit), choices not yet in force 1, pins 2, recent pages 2',
    "deleted of dry-from's settings: calendars 1, hours 5, call groups 1, members of call groups 2, extensions 2, memos and targets of telephone numbers 3, inside numbers 3, changes 1",
    'comes by the next import of dry-to: site, group number, contacts',
  ])
})

test('the former customer has the contract no longer, from the next request on, and reads on what stayed', async () => {
  const given = await world.openCase('former')
  const { anna, carl, contractId, orderId, ticketId, faultId, number } = given
  const settings = settingsPaths.extensions({ contract: contractId })
  assert.equal((await anna.settings.get(settings)).status, 200)
  assert.match((await anna.portal.get(paths.serviceMenu)).body, new RegExp(number))
  assert.equal((await move(given)).exitCode, 0)
  for (const path of [
    settings,
    settingsPaths.callGroups({ contract: contractId }),
    settingsPaths.top({ contract: contractId }),
  ])
    assert.equal((await anna.settings.get(path)).status, 404, path)
  for (const browser of [anna.portal, carl.portal]) {
    for (const path of [paths.contract({ id: contractId }), paths.incident({ id: faultId })])
      assert.equal((await browser.get(path)).status, 404, path)
    for (const path of [paths.contracts, `${paths.contracts}?q=${number}`, paths.serviceMenu, paths.pinned])
      assert.doesNotMatch(
        (await browser.get(path)).body.replaceAll(`?q=${number}`, '').replaceAll(`value="${number}"`, ''),
        new RegExp(`>[^<]*${number}`),
        path,
      )
  }
  for (const path of [paths.order({ id: orderId }), paths.ticket({ id: ticketId })]) {
    const { status, body } = await carl.portal.get(path)
    assert.equal(status, 200, path)
    assert.match(body, new RegExp(number), path)
  }
  const history = (await carl.portal.get(paths.changeHistory)).body
  assert.match(history, /別のお客様への名義変更[\s\S]*秘密のメモ/)
  assert.match(history, /権限の変更[\s\S]*一契約/)
  assert.doesNotMatch(history, /秘密の新社/)
})

test("the new customer has contract, fault, frame and numbers, and nothing that was the former one's", async () => {
  const given = await world.openCase('latter')
  const { bob, number, faultId } = given
  assert.equal((await bob.portal.get(`${paths.contracts}?q=${number}`)).body.includes(`>${number}<`), false)
  await move(given)
  const contract = await idAt(given, 'latter-to')
  const portalPages = [
    paths.contracts,
    paths.contract({ id: contract }),
    paths.incident({ id: faultId }),
    paths.orders,
    paths.tickets,
    paths.changeHistory,
    paths.rightsOfContract({ id: contract }),
    paths.serviceMenu,
  ]
  for (const path of portalPages) {
    const { status, body } = await bob.portal.get(path)
    assert.equal(status, 200, path)
    assert.doesNotMatch(body, /秘密の(?!新社)|0120045|一契約/, path)
  }
  assert.match((await bob.portal.get(paths.contracts)).body, new RegExp(number))
  assert.match((await bob.portal.get(paths.incident({ id: faultId }))).body, /F-9[\s\S]*/)
  assert.match((await bob.portal.get(paths.contract({ id: contract }))).body, /故障/)
  assert.match((await bob.portal.get(paths.changeHistory)).body, /別のお客様からの名義変更/)
})

test('of the line the new customer has frame and numbers alone', async () => {
  const given = await world.openCase('line')
  const { bob, telephones } = given
  await move(given)
  const ofContract = { contract: await idAt(given, 'line-to') }
  const dashed = (digits: string): RegExp => new RegExp(digits.split('').join('-?'))
  assert.equal((await openSettings(bob, settingsPaths.top(ofContract))).status, 200)
  const numbers = (await bob.settings.get(settingsPaths.numbers(ofContract))).body
  assert.match(numbers, dashed(telephones.main))
  assert.match(numbers, dashed(telephones.other))
  for (const path of [
    settingsPaths.numbers(ofContract),
    settingsPaths.extensions(ofContract),
    settingsPaths.callGroups(ofContract),
    settingsPaths.lineChanges(ofContract),
    settingsPaths.print(ofContract),
    settingsPaths.checks(ofContract),
  ]) {
    const { status, body } = await bob.settings.get(path)
    assert.equal(status, 200, path)
    assert.doesNotMatch(body, /秘密の(?!新社)|山田のデスク|1002/, path)
  }
})

test('nothing lies in a line that is not gone with it, and whatever will lie there can be deleted', async () => {
  const given = await world.openCase('emptied')
  await move(given)
  const { rows } = await world.admin.query<{ name: string; may: boolean }>(`
    select format('%I.%I', 'pbx', c.relname) as name, has_table_privilege('portal_operator', c.oid, 'delete') as may
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'contract_id'
    where c.relnamespace = 'pbx'::regnamespace and c.relkind = 'r'`)
  assert(rows.length > 10)
  for (const { name, may } of rows) {
    assert(may, name)
    const left = await world.admin.query(`select from ${name} where contract_id = $1`, [given.contractId])
    assert.equal(left.rowCount, 0, name)
  }
})

test('who is in the middle of a change when the line goes is refused', async () => {
  const given = await world.openCase('middle')
  const { contractId, anna: user } = given
  const outcome = await inLine(world.imported.database, { contractId, user }, async (ctx) => {
    await move(given)
    return changeLine(ctx, { action: 'numbers-bound' }, async () => done())
  })
  assert.deepEqual(outcome.ok ? 'done' : outcome.problem, 'may-not-edit')
})

test('what cannot be moved is named, and nothing is changed', async () => {
  const given = await world.openCase('refused')
  const [own, other] = [given.from.code, given.to.code]
  const ended = given.from.contracts[1]?.number ?? ''
  await world.admin.query('update contract set ended_on = current_date where number = $1', [ended])
  const asBefore = await world.everything()
  for (const [words, problem] of [
    [['N999999999', other], 'No contract has the number N999999999.\n'],
    [[given.number, 'nobody'], 'No customer has the code nobody: import the customer first.\n'],
    [[given.number, own], `${given.number} is a contract of ${own} already; nothing was changed.\n`],
    [[ended, other], `The contract ${ended} has ended: there is nothing to move.\n`],
    [
      [given.number, other],
      `${other} has faults or works with these codes already: F-1. Give those that go along another with --incident-code OLD=NEW.\n`,
    ],
    [
      [...renamed, '--incident-code', 'F-7=F-8', given.number, other],
      '--incident-code: no fault or works that go along have the code F-7.\n',
    ],
  ] as const)
    for (const dry of [[], ['--dry-run']]) {
      const { exitCode, output, problems } = await world.operator('move-contract', ...dry, ...words)
      assert.deepEqual([exitCode, output, problems], [1, '', problem])
    }
  for (const words of [[], [given.number], [given.number, other, 'x'], ['--incident-code', 'F-1', given.number, other]])
    assert.equal((await world.operator('move-contract', ...words)).exitCode, 2)
  assert.deepEqual(await world.everything(), asBefore)
})

test('moved back, it has orders and memo of then again, and no right of then', async () => {
  const given = await world.openCase('back')
  const { anna, carl, contractId, orderId, number } = given
  await move(given)
  const back = await world.operator('move-contract', '--incident-code', 'F-9=F-1', number, given.from.code)
  assert.deepEqual([back.exitCode, back.problems], [0, ''])
  assert.equal(await idAt(given, given.from.code), contractId)
  assert.match((await carl.portal.get(paths.contract({ id: contractId }))).body, /秘密のメモ/)
  assert.equal((await carl.portal.get(paths.order({ id: orderId }))).status, 200)
  assert.equal((await anna.portal.get(paths.contract({ id: contractId }))).status, 404)
  assert.equal((await world.operator('move-contract', '--dry-run', ...renamed, number, given.to.code)).exitCode, 0)
})

test("imports go on: the former customer's without the contract, the new one's with it", async () => {
  const given = await world.openCase('imported')
  const { from, to, number } = given
  const { bring } = world.imported
  await move(given)
  await assert.rejects(
    () => bring({ customers: [from] }),
    faults([new RegExp(`number is a contract of another customer: ${number} of ${to.code}`)]),
  )
  const left = { ...from, contracts: from.contracts.slice(1) }
  await assert.rejects(() => bring({ customers: [left] }), faults([/contract names no contract of imported-from/]))
  const over = from.incidents.map((incident) => ({ ...incident, endsAt: '2026-11-22T11:00:00+09:00' }))
  await bring({ customers: [{ ...left, incidents: over }] })
  const moved = from.contracts.slice(0, 1).map(({ line: _, ...contract }) => contract)
  const [summary] = await bring({ customers: [{ ...to, contracts: [...to.contracts, ...moved] }] })
  assert.deepEqual(
    summary?.counts.find(({ kind }) => kind === 'contracts'),
    { kind: 'contracts', created: 0, changed: 1, unchanged: 2 },
  )
})

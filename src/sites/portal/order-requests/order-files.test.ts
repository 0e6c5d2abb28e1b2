import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { paths as consolePaths } from '#sites/console/paths.ts'
import { browserWith, openOrderWorld } from '#test/order-world.ts'
import { signInStaff } from '#test/staff.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { sendFiles, shownAgain } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openOrderWorld()
after(() => world[Symbol.asyncDispose]())
const { service, portal, make } = world
const form = paths.orderForm({ service, form: 'plan' })
const confirm = paths.confirmOrderForm({ service, form: 'plan' })

let browser: TestBrowser

before(async () => {
  await world.setForms([
    {
      code: 'plan',
      kind: 'change',
      name: { ja: '配線の変更', en: 'Other wiring' },
      earliestDays: 0,
      fields: [
        { code: 'remarks', label: { ja: 'ご要望', en: 'Remarks' }, type: 'text', required: false },
        { code: 'drawing', label: { ja: '図面', en: 'Drawing' }, type: 'file', required: true, max: 2 },
      ],
    },
  ])
  browser = await browserWith(world, { level: 'edit' })
})

const bytes = new TextEncoder().encode('図面の説明\n'.repeat(60_000))

async function check(): Promise<void> {
  const checked = await browser.post(form, {
    contract: 'N150000042',
    wished: '',
    'a.remarks': '急ぎません',
    step: 'check',
  })
  assert.equal(checked.location, confirm, checked.body.slice(0, 500))
}

test('a question for files is answered where the order is checked; both sides get the file', async () => {
  assert.match((await browser.get(`${form}?contract=${world.contractId}`)).body, /次の確認画面で添付します/)
  await check()
  assert.match(shownAgain(await browser.post(confirm)), /図面が選択されていません/)
  const page = new TextEncoder().encode('<!doctype html><p>')
  assert.match(shownAgain(await sendFiles(browser, confirm, { files: [['図面.txt', page]] })), /HTMLまたはXML/)
  const three = ['1.txt', '2.txt', '3.txt'].map((name) => [name, bytes] as const)
  assert.match(shownAgain(await sendFiles(browser, confirm, { files: three })), /添付できるファイルは2個まで/)
  const asked = await sendFiles(browser, confirm, { files: [['図面.txt', bytes]] })
  assert.match(asked.location, /^\/requests\//, asked.body.slice(0, 500))
  const { body } = await browser.get(asked.location)
  assert(body.includes('図面.txt') && body.includes('急ぎません'))
  const [file = ''] = body.match(/\/requests\/[^"]+\/files\/[0-9a-f-]{36}/) ?? []
  assert.deepEqual((await browser.get(file)).bytes, bytes)
  assert.equal((await (await browserWith(world)).get(file)).status, 404)
  const staff = await signInStaff(portal, await make.staff())
  const request = (await staff.get(asked.location)).body
  assert(request.includes('図面.txt') && request.includes(file))
  assert.match((await staff.get(file)).body, /ウイルス検査：未実施/)
  const [, id = '', of = ''] = /^\/requests\/([^/]+)\/files\/(.+)$/.exec(file) ?? []
  assert.deepEqual((await staff.get(consolePaths.requestFile({ id, file: of }))).bytes, bytes)
})

test('without such a question no file is taken', async () => {
  await world.setForms([
    {
      code: 'plan',
      kind: 'change',
      name: { ja: '配線の変更', en: 'Other wiring' },
      earliestDays: 0,
      fields: [{ code: 'remarks', label: { ja: 'ご要望', en: 'Remarks' }, type: 'text', required: false }],
    },
  ])
  await check()
  assert.match(
    shownAgain(await sendFiles(browser, confirm, { files: [['図面.txt', bytes]] })),
    /添付できるファイルは0個まで/,
  )
  assert.match((await browser.post(confirm)).location, /^\/requests\//)
})

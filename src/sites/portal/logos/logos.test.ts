import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

let database: TestDatabase
let portal: TestPortal
let make: Make
let administrator: MadeUser
let browser: TestBrowser
let colleague: TestBrowser

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  administrator = await make.user({ role: 'portal-administrator' })
  browser = await signIn(portal, administrator)
  colleague = await signIn(portal, await make.user({ customerId: administrator.customerId }))
})
after(() => database[Symbol.asyncDispose]())

const pngOf = async (background: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await sharp({ create: { width: 320, height: 32, channels: 3, background } })
      .png()
      .toBuffer(),
  )

const upload = (who: TestBrowser, bytes: Uint8Array<ArrayBuffer>, name = 'logo.png'): Promise<Answer> =>
  who.sendFile(paths.companyLogo, { file: { field: 'file', name, bytes } })

const imagesIn = ({ body }: Answer): string[] => [...new Set(body.match(/\/company-logo\/images\/[0-9a-f]{32}/g))]

/** Uploads and sets a logo; answers where its image is. */
async function setLogo(who: TestBrowser, colour: string): Promise<string> {
  assert.equal((await upload(who, await pngOf(colour))).location, paths.companyLogo)
  const former = imagesIn(await who.get(paths.profile))
  const [image = ''] = imagesIn(await who.get(paths.companyLogo)).filter((one) => !former.includes(one))
  assert.equal((await who.post(paths.setCompanyLogo, {}, { from: paths.companyLogo })).location, paths.companyLogo)
  return image
}

test('a logo is looked at on light and dark before anybody else sees it, then it is on every page of the customer', async () => {
  assert.equal((await upload(browser, await pngOf('#0a0'))).location, paths.companyLogo)
  const page = await browser.get(paths.companyLogo)
  const [image = assert.fail('no preview')] = imagesIn(page)
  assert(page.body.includes('logo-preview-light') && page.body.includes('logo-preview-dark'))
  assert.deepEqual(imagesIn(await colleague.get(paths.profile)), [])
  await browser.post(paths.setCompanyLogo, {}, { from: paths.companyLogo })
  const seen = await colleague.get(paths.profile)
  assert.deepEqual(imagesIn(seen), [image])
  // As large as there is room: 160 by 16.
  assert.match(seen.body, new RegExp(`<img src="${image}" alt="[^"]+" width="160" height="16"`))
})

test('its image is ours, kept for good by browsers, and found by nobody else', async () => {
  const image = await setLogo(browser, '#00a')
  const found = await colleague.get(image)
  assert.equal(found.status, 200)
  assert.equal(found.headers.get('content-type'), 'image/png')
  assert.equal(found.headers.get('cache-control'), 'private, max-age=31536000, immutable')
  assert.equal(found.headers.get('content-security-policy'), "default-src 'none'; sandbox")
  assert.equal(found.headers.get('x-content-type-options'), 'nosniff')
  assert.equal(found.headers.get('cross-origin-resource-policy'), 'same-origin')
  const foreign = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  assert.equal((await foreign.get(image)).status, 404)
  assert.deepEqual(imagesIn(await foreign.get(paths.profile)), [])
  assert.equal((await portal.browser().get(image)).status, 303)
  assert.equal((await browser.get(paths.companyLogoImage({ hash: 'x' }))).status, 404)
})

test('one that was replaced meanwhile is not set, nor is one that was never looked at', async () => {
  await upload(browser, await pngOf('#111'))
  const [first = ''] = imagesIn(await browser.get(paths.companyLogo)).slice(-1)
  const former = imagesIn(await browser.get(paths.profile))
  await upload(browser, await pngOf('#222'))
  for (const hash of [first.slice(-32), '0'.repeat(32), '', "'"])
    assert.equal(
      (await browser.post(paths.setCompanyLogo, { hash }, { from: paths.companyLogo })).location,
      paths.companyLogo,
    )
  await browser.post(paths.discardCompanyLogo, {}, { from: paths.companyLogo })
  assert.deepEqual(imagesIn(await browser.get(paths.profile)), former)
})

test('「削除する」 shows the name again, and the history tells who did what', async () => {
  await setLogo(browser, '#a00')
  assert.equal((await browser.post(paths.deleteCompanyLogo, { hash: 'f'.repeat(32) })).status, 422)
  assert.equal((await browser.post(paths.deleteCompanyLogo)).location, paths.companyLogo)
  assert.deepEqual(imagesIn(await colleague.get(paths.profile)), [])
  assert.equal((await browser.get(paths.deleteCompanyLogo)).location, paths.companyLogo)
  const history = await browser.get(paths.changeHistory)
  assert(history.body.includes('コーポレートロゴの設定') && history.body.includes('コーポレートロゴの削除'))
})

test('a file that is no logo is refused where it was chosen, and nothing is kept', async () => {
  const former = imagesIn(await browser.get(paths.companyLogo))
  const refused: [Uint8Array<ArrayBuffer>, RegExp][] = [
    [new Uint8Array(0), /ロゴのファイルが選択されていません/],
    [new TextEncoder().encode('<!doctype html><script>alert(1)</script>'), /いずれでもないファイル/],
    [(await pngOf('#333')).slice(0, 80), /読み取れませんでした/],
    [new Uint8Array(2 * 1024 * 1024), /1MB以下/],
  ]
  for (const [bytes, text] of refused) {
    // Neither the name nor the type says what a file is.
    const { status, body } = await upload(browser, bytes, '"><script>alert(2)</script>.png')
    assert.equal(status, 422)
    assert.match(body, text)
    assert(!body.includes('<script>alert'))
  }
  const tooLarge = await upload(browser, new Uint8Array(7 * 1024 * 1024))
  assert.equal(tooLarge.status, 413)
  assert.deepEqual(imagesIn(await browser.get(paths.companyLogo)), former)
})

test('of whoever may not set a logo nothing large is read', async () => {
  const cut = {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '1000000' },
  }
  let read = 0
  const body = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      pull(controller) {
        read++
        controller.enqueue(new Uint8Array(1024))
      },
    })
  for (const [who, status] of [[portal.browser(), 303] as const, [colleague, 403] as const]) {
    const sent = { ...cut, body: body(), duplex: 'half' }
    assert.equal((await who.request(paths.companyLogo, sent)).status, status)
  }
  // What a stream fills before anybody asks.
  assert(read <= 4, String(read))
  const unmeasured = {
    ...cut,
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: body(),
    duplex: 'half',
  }
  assert.equal((await colleague.request(paths.companyLogo, unmeasured)).status, 413)
  assert(read < 80, String(read))
})

test('a body that is no form with one file is refused', async () => {
  const former = imagesIn(await browser.get(paths.companyLogo))
  const type = 'multipart/form-data; boundary=b'
  const send = (body: string): Promise<Answer> =>
    browser.request(paths.companyLogo, {
      method: 'POST',
      headers: { 'content-type': type, 'content-length': String(body.length) },
      body,
    })
  const part = (head: string, value = ''): string =>
    `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`
  for (const body of [
    'x',
    '--b--',
    `${part('name="file"', 'a text')}--b--\r\n`,
    `${part('name="other"; filename="x"')}--b--\r\n`,
    `${part('name="token"; filename="x"')}--b--\r\n`,
    `${part('name="file"; filename="a"').repeat(2)}--b--\r\n`,
  ])
    assert([303, 400].includes((await send(body)).status), body)
  assert.equal((await browser.send(paths.companyLogo, { file: 'AAAA' })).status, 400)
  assert.deepEqual(imagesIn(await browser.get(paths.companyLogo)), former)
})

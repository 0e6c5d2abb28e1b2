import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { openTicketWorld, sendFiles, shownAgain } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openTicketWorld()
after(() => world[Symbol.asyncDispose]())
const { browserWith, open } = world

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content)

test('files are what their content is: pictures are ours, others are kept and never shown', async () => {
  const browser = await browserWith('edit')
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#06c' } })
    .withExif({ IFD0: { Copyright: 'a secret place' } })
    .jpeg()
    .toBuffer()
  const id = await open(browser, {
    files: [
      ['../../写真\u202egpj.exe', new Uint8Array(picture)],
      ['a.html.pdf', text('%PDF-1.7 …')],
    ],
  })
  const { body } = await browser.get(paths.ticket({ id }))
  assert(body.includes('写真gpj.exe.jpg') && body.includes('ウイルス検査：未実施') && !body.includes('\u202e'))
  const [shown = ''] = body.match(/\/tickets\/[^"]+\/picture/) ?? []
  const image = await browser.get(shown)
  assert.deepEqual(
    ['content-type', 'cache-control', 'content-security-policy'].map((name) => image.headers.get(name)),
    ['image/jpeg', 'no-store', "default-src 'none'; sandbox"],
  )
  assert.equal((await sharp(image.bytes).metadata()).exif, undefined)
  const files = [...new Set(body.match(/\/tickets\/[^"]+\/files\/[0-9a-f-]{36}/g))]
  for (const file of files) {
    const { headers } = await browser.get(file)
    assert.equal(headers.get('content-type'), 'application/octet-stream')
    assert.match(headers.get('content-disposition') ?? '', /^attachment; filename\*=UTF-8''/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox; frame-ancestors 'none'")
  }
  const [, pdf = ''] = files.toSorted((one) => (shown.startsWith(one) ? -1 : 1))
  assert.equal((await browser.get(`${pdf}/picture`)).status, 404)
})

test('a file of several parts comes back to the byte; too many or too large ones are refused with what to do', async () => {
  const browser = await browserWith('edit')
  const id = await open(browser)
  // Bigger than one part, to the byte.
  const long = text('あいうえお\n'.repeat(40_000))
  await sendFiles(browser, paths.ticket({ id }), { fields: { deed: 'reply', text: '' }, files: [['log.txt', long]] })
  const [newest = ''] =
    (await browser.get(paths.ticket({ id }))).body.match(/\/tickets\/[^"]+\/files\/[0-9a-f-]{36}/) ?? []
  assert.deepEqual((await browser.get(newest)).bytes, long)
  const six = Array.from({ length: 6 }, (_, at) => [`${at}.txt`, text('x')] as const)
  const many = await sendFiles(browser, paths.ticket({ id }), { fields: { deed: 'reply', text: '6つ' }, files: six })
  assert.match(shownAgain(many), /1回に5個まで/)
  const tooLarge = new Uint8Array(10 * 1024 * 1024 + 1).fill(65)
  const large = await sendFiles(browser, paths.ticket({ id }), {
    fields: { deed: 'reply', text: '大' },
    files: [['大.txt', tooLarge]],
  })
  assert.match(shownAgain(large), /「大.txt」は10MBを超えています（10.1MB）/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customer, faults, openImportTest } from '#test/import-file.ts'
import { readsAsLink } from './name-rules.ts'

for (const name of [
  'https://evil.example',
  '当選しました→http://evil.example/x',
  'HTTPS://EVIL.EXAMPLE',
  'ｈｔｔｐｓ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ',
  'https:\u200b//evil.example',
  '山田 ftp://evil.example',
  'www.evil.example',
  '山田 WWW.evil.example',
  'ｗｗｗ．ｅｖｉｌ．ｅｘａｍｐｌｅ',
  'www。evil。example',
  'ww\u00adw.evil.example',
  'mailto:x@evil.example',
])
  test(`a name ${JSON.stringify(name)} reads as a link`, () => {
    assert(readsAsLink(name))
  })

for (const name of [
  '山田 太郎',
  'J.Sato',
  'Dr. O’Neill-Smith, Jr.',
  '営業/法人 佐藤',
  '佐藤：受付',
  '田中 (03-0000-2001)',
  'hxxps:evil',
  'Wwwedge',
  'ジョン・スミス',
])
  test(`a name ${JSON.stringify(name)} does not`, () => {
    assert(!readsAsLink(name))
  })

test('an import brings no user whose name reads as a link', async () => {
  await using world = await openImportTest()
  const acme = customer('acme')
  const users = acme.users.map((user, index) =>
    index === 0 ? { ...user, name: 'ｗｗｗ．ｅｖｉｌ．ｅｘａｍｐｌｅ' } : user,
  )
  await assert.rejects(
    world.bring({ customers: [{ ...acme, users }] }),
    faults([/users\[0\]\.name must not read as a link, such as https:\/\/ or www\.$/]),
  )
})

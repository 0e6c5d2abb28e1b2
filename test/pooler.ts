import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type pg from 'pg'

export interface Pooler extends AsyncDisposable {
  port: number
}

/** Stands before a server, like a connection pooler that knows nothing of a connection's start-up options and drops them. */
export async function startPooler({ host = '', port = 5432 }: pg.ClientConfig): Promise<Pooler> {
  const open = new Set<Socket>()
  const pooler = createServer((client) => {
    const server = connect(join(host, `.s.PGSQL.${port}`))
    for (const socket of [client, server]) {
      open.add(socket)
      socket.on('error', () => [client, server].forEach((end) => end.destroy()))
    }
    client.once('data', (startup) => {
      server.write(withoutOptions(Buffer.from(startup)))
      client.pipe(server).pipe(client)
    })
  })
  pooler.listen(0, '127.0.0.1')
  await once(pooler, 'listening')
  return {
    // A server on a port has one.
    port: (pooler.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      pooler.close()
      await once(pooler, 'close')
    },
  }
}

/** The start-up message of PostgreSQL's protocol: its length, the version, then names and values that end with a zero each. */
function withoutOptions(startup: Buffer): Buffer {
  const words = startup.toString('utf8', 8).split('\0')
  const at = words.indexOf('options')
  const kept = Buffer.from((at < 0 ? words : words.toSpliced(at, 2)).join('\0'))
  const head = Buffer.from(startup.subarray(0, 8))
  head.writeInt32BE(head.length + kept.length)
  return Buffer.concat([head, kept])
}

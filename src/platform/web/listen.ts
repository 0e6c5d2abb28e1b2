import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { seconds } from '../duration.ts'
import { startProblem } from '../start-problem.ts'

export interface Listener {
  /** Of the address it really listens on. */
  port: number
  /** Takes no more requests, and answers those under way, for at most ten seconds. */
  drain(): Promise<void>
}

const drainFor = 10 * seconds

/** Listens for HTTP. Throws a StartProblem when the port is taken. */
export async function listen(
  app: Hono<{ Bindings: HttpBindings }>,
  { host, port }: { host: string; port: number },
): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    // Slow clients may not hold what others need.
    serverOptions: {
      headersTimeout: 10 * seconds,
      requestTimeout: 30 * seconds,
      keepAliveTimeout: 10 * seconds,
      maxHeaderSize: 16 * 1024,
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? startProblem(
              'port-taken',
              `Port ${port} on ${host} is taken by another program. Stop it, or set another PORT.`,
            )
          : error,
      )
    })
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async drain() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      const late = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), drainFor)
      await closed
      clearTimeout(late)
    },
  }
}

import { createServer, type Server, type ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { seconds } from '#platform/time/duration.ts'
import { startProblem } from '#platform/start-problem.ts'

export interface Listener {
  /** What requests are answered by, from now on; until then they get 503. */
  answer(app: Hono<{ Bindings: HttpBindings }>): void
  /** Of the address it really listens on. */
  port: number
  /** Takes no more requests, and answers those under way, for at most six seconds. */
  drain(): Promise<void>
}

interface Where {
  host: string
  port: number
  /** What sets the port. */
  setting?: string
  /** How long a connection may stand still while it is answered, in milliseconds. */
  patience?: number
}

const drainFor = 6 * seconds

/** Listens for HTTP. Throws a StartProblem when it may not or cannot there. */
export async function listen({ host, port, setting = 'PORT', patience = 60 * seconds }: Where): Promise<Listener> {
  let answer = getRequestListener(notYet)
  const server = createServer(
    {
      // Slow clients may not hold what others need.
      // How often Node looks at the two times below.
      connectionsCheckingInterval: 2 * seconds,
      headersTimeout: 10 * seconds,
      requestTimeout: 30 * seconds,
      keepAliveTimeout: 10 * seconds,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => void answer(request, response),
  )
  server.setTimeout(patience)
  const drain = drainOf(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusalOf(error, { host, port, setting })))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    answer(app) {
      answer = getRequestListener(app.fetch)
    },
    drain,
  }
}

/** Why nobody can listen there, as whoever has set it reads it; the error itself where that is not known. */
function refusalOf(error: NodeJS.ErrnoException, { host, port, setting }: Required<Omit<Where, 'patience'>>): Error {
  if (error.code === 'EADDRINUSE')
    return startProblem(
      'port-taken',
      `Port ${port} on ${host} is taken by another program. Stop it, or set another ${setting}.`,
    )
  const addresses = '127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses'
  const unnamed = `HOST: the name ${host} has no address. Set an address: ${addresses}.`
  const wrong: Readonly<Record<string, string>> = {
    EADDRNOTAVAIL: `HOST: ${host} is no address of this machine. Set one of its own: ${addresses}.`,
    ENOTFOUND: unnamed,
    EAI_AGAIN: unnamed,
    EACCES: `${setting}: this user may not listen on port ${port}. Set one from 1024 on, and let the proxy lead there.`,
  }
  const message = wrong[error.code ?? '']
  return message ? startProblem('configuration', message) : error
}

function notYet(): Response {
  return new Response('Starting', { status: 503, headers: { 'Retry-After': '5' } })
}

function drainOf(server: Server): () => Promise<void> {
  const underWay = new Set<ServerResponse>()
  let isDraining = false
  // A connection that a browser keeps alive would hold up the end: it learns with its last answer that this is over.
  const lastOfItsConnection = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close')
  }
  server.prependListener('request', (_request, response) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    if (isDraining) lastOfItsConnection(response)
  })
  return async () => {
    isDraining = true
    for (const response of underWay) lastOfItsConnection(response)
    // Closes the connections that wait for nothing, too.
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    const late = setTimeout(() => server.closeAllConnections(), drainFor)
    await closed
    clearTimeout(late)
  }
}

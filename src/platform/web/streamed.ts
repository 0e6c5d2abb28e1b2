import type { WebRequest } from './request.ts'
import { admissionOf, findRequester, requestTransaction } from './requester.ts'
import type { Admit, SignedIn, Site } from './site.ts'

export type Within<C> = <T>(work: (ctx: C) => Promise<T>) => Promise<T>

/** Runs work for whoever asked, as long as they are let in. What breaks is in the log alone: the server prints what it is told. */
export function within<A extends SignedIn, C>(site: Site<A>, request: WebRequest, admit: Admit<A, C>): Within<C> {
  const { now, log } = site.program
  return async (work) => {
    const working = requestTransaction(site, request, async (tx) => {
      const requester = await findRequester(site, { ...request, visitor: { ...request.visitor, now: now() } }, tx)
      const admission = await admissionOf(admit, requester, request)
      if (typeof admission === 'string') throw new Error('The session has ended')
      return work(admission.ctx)
    })
    return working.catch((error: unknown) => {
      log.error({ err: error, path: request.path }, 'a download was broken off')
      throw new Error('The download was broken off')
    })
  }
}

/** Sends what is made while it is taken; whoever stops taking it ends the making. */
export function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await parts.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}

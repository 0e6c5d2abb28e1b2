import { notFound } from './page.ts'
import { readRequest } from './request.ts'
import { type Handler, serve } from './serve.ts'
import type { Admit, SignedIn, Site } from './site.ts'
import type { StoredBytes, StoredFile } from './stored-file.ts'
import { streamOf, type Within, within } from './streamed.ts'

/** Makes what answers with a file as it was brought: part by part, as fast as the client takes it. */
export function storedFileOn<A extends SignedIn, C, N extends string>(
  site: Site<A>,
  file: StoredFile<C, unknown, N>,
  admit: Admit<A, C>,
): Handler {
  return async (c) => {
    const request = readRequest(c, site)
    return serve(
      {
        site,
        admit,
        async enter({ ctx, visitor, actor, reader }) {
          const found = await file.load(ctx, request.asked)
          if (found === notFound)
            return { kind: 'error', status: 404, frame: await site.frame.load(visitor, actor), reader, request }
          const { name } = found
          // Whatever it says it is, no browser is to make anything of it.
          const type = 'application/octet-stream'
          return {
            kind: 'file',
            isStored: true,
            name,
            type,
            body: streamOf(partsOf(found, within(site, request, admit))),
          }
        },
      },
      c,
      request,
    )
  }
}

async function* partsOf<C>({ parts, read }: StoredBytes<C>, asAdmitted: Within<C>): AsyncGenerator<Uint8Array> {
  for (let part = 0; part < parts; part++) yield await asAdmitted((ctx) => read(ctx, part))
}

import type { Context } from '#features/actor.ts'
import { partsOf, readPart } from '#features/attachments/read.ts'
import { findRequestFile } from '#features/order-requests/files.ts'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

/** A file that came with a request, to be kept by whoever may see the request. */
export const requestFile = portal.storedFile({
  path: paths.requestFile,
  allow: 'user',
  async load(ctx, { params }) {
    const file = await findRequestFile(ctx, params)
    if (!file) return notFound
    return { name: file.name, parts: partsOf(file), read: (later, part) => readSeen(later, params, part) }
  },
})

/** Whoever has lost the request meanwhile gets no further part of it. */
async function readSeen(ctx: Context, asked: { id: string; file: string }, part: number): Promise<Uint8Array> {
  const file = await findRequestFile(ctx, asked)
  if (!file) throw new Error('The request is seen no longer')
  return readPart(ctx, file.id, part)
}

import type { Context } from '#features/actor.ts'
import { isPicture } from '#features/attachments/attachment.ts'
import { partsOf, readBytes, readPart } from '#features/attachments/read.ts'
import { findOrderFile } from '#features/orders/files.ts'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

/** A file of 開通案内, to be kept by whoever may see the order. */
export const orderFile = portal.storedFile({
  path: paths.orderFile,
  allow: 'user',
  async load(ctx, { params }) {
    const file = await findOrderFile(ctx, params)
    if (!file) return notFound
    return { name: file.name, parts: partsOf(file), read: (later, part) => readSeen(later, params, part) }
  },
})

/** Whoever has lost the order meanwhile gets no further part of it. */
async function readSeen(ctx: Context, asked: { id: string; file: string }, part: number): Promise<Uint8Array> {
  const file = await findOrderFile(ctx, asked)
  if (!file) throw new Error('The order is seen no longer')
  return readPart(ctx, file.id, part)
}

/** One of its pictures, which are ours, as the page shows it. */
export const orderPicture = portal.picture({
  path: paths.orderPicture,
  allow: 'user',
  async load(ctx, { params }) {
    const file = await findOrderFile(ctx, params)
    if (!file || !isPicture(file)) return notFound
    // Of a picture, its type is the second half of this one.
    const type = `image/${file.type}` as 'image/png' | 'image/jpeg' | 'image/webp'
    return { type, bytes: new Uint8Array(await readBytes(ctx, file.id)), isFleeting: true }
  },
})

import type { Context } from '#features/actor.ts'
import { type Attachment, isPicture } from '#features/attachments/attachment.ts'
import { partsOf, readBytes, readPart } from '#features/attachments/read.ts'
import { findTicketFile } from '#features/tickets/find-file.ts'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

/** A file of a ticket, to be kept by whoever may see the ticket. */
export const ticketFile = portal.storedFile({
  path: paths.ticketFile,
  allow: 'user',
  async load(ctx, { params }) {
    const file = await findTicketFile(ctx, params)
    if (!file) return notFound
    return { name: file.name, parts: partsOf(file), read: (later, part) => readSeen(later, params, part) }
  },
})

/** Whoever has lost the ticket meanwhile gets no further part of it. */
async function readSeen(ctx: Context, asked: { id: string; file: string }, part: number): Promise<Uint8Array> {
  const file = await findTicketFile(ctx, asked)
  if (!file) throw new Error('The ticket is seen no longer')
  return readPart(ctx, file.id, part)
}

/** One of its pictures, which are ours, as the page shows it. */
export const ticketPicture = portal.picture({
  path: paths.ticketPicture,
  allow: 'user',
  async load(ctx, { params }) {
    const file = await findTicketFile(ctx, params)
    const type = file && typeOf(file)
    if (!file || !type) return notFound
    return { type, bytes: new Uint8Array(await readBytes(ctx, file.id)), isFleeting: true }
  },
})

function typeOf(file: Attachment): 'image/png' | 'image/jpeg' | 'image/webp' | undefined {
  // Of a picture, its type is the second half of this one.
  return isPicture(file) ? (`image/${file.type}` as 'image/png' | 'image/jpeg' | 'image/webp') : undefined
}

import { isPicture } from '#features/attachments/attachment.ts'
import { partsOf, readBytes, readPart } from '#features/attachments/read.ts'
import { findOrderFileForStaff } from '#features/orders/files.ts'
import { findOrderForStaff } from '#features/orders/find-for-staff.ts'
import { readingFor } from '#features/staff/see-customer.ts'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { seeOrder } from './see-order.ts'

/** A file of 開通案内, as a member of staff has brought it. */
export const orderFile = staffConsole.storedFile({
  path: paths.orderFile,
  allow: 'read',
  async load(ctx, { params }) {
    const seen = await seeOrder(ctx, params.id, paths.orderFile(params))
    const file = seen === notFound ? undefined : await findOrderFileForStaff(ctx, params)
    if (seen === notFound || !file) return notFound
    const { customer } = seen
    return {
      name: file.name,
      parts: partsOf(file),
      read: (later, part) => readPart(readingFor(later, customer), file.id, part),
    }
  },
})

/** One of its pictures: a part of the look at the page of the order, which was noted there. */
export const orderPicture = staffConsole.picture({
  path: paths.orderPicture,
  allow: 'read',
  async load(ctx, { params }) {
    const order = await findOrderForStaff(ctx, params.id)
    const file = order && (await findOrderFileForStaff(ctx, params))
    if (!order || !file || !isPicture(file)) return notFound
    // Of a picture, its type is the second half of this one.
    const type = `image/${file.type}` as 'image/png' | 'image/jpeg' | 'image/webp'
    const bytes = await readBytes({ ...ctx, actor: { customer: { id: order.customerId } } }, file.id)
    return { type, bytes: new Uint8Array(bytes), isFleeting: true }
  },
})

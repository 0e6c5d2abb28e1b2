import { type Attachment, isPicture } from '#features/attachments/attachment.ts'
import { partsOf, readBytes, readPart } from '#features/attachments/read.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { readingFor } from '#features/staff/see-customer.ts'
import { findTicketFileForStaff, findTicketForStaff } from '#features/tickets/find-for-staff.ts'
import { notFound } from '#platform/web/page.ts'
import { OpenFile, openFileTitle } from '../files/open-file.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { seeTicket, type SeenTicket } from './see-ticket.ts'
import { TicketTrail } from './ticket-parts.tsx'

const words = { title: openFileTitle, back: { ja: 'お問い合わせに戻る', en: 'Back to the inquiry' } }

interface SeenFile extends SeenTicket {
  file: Attachment
}

type Asked = Record<'id' | 'file', string>

async function seeFile(ctx: StaffContext, asked: Asked, path: string): Promise<SeenFile | typeof notFound> {
  const seen = await seeTicket(ctx, asked.id, path)
  if (seen === notFound) return notFound
  const file = await findTicketFileForStaff(ctx, asked)
  return file ? { ...seen, file } : notFound
}

/** Nothing has looked for malware in it: who opens a file is told so first. */
export const openTicketFilePage = staffConsole.page({
  path: paths.openTicketFile,
  allow: 'read',
  words,
  changesByLooking: true,
  load: (ctx, { params }) => seeFile(ctx, params, paths.openTicketFile(params)),
  title: ({ words: text }) => text.title,
  view: ({ data: { ticket, file }, words: text, reader: { language } }) => (
    <>
      <TicketTrail ticket={ticket} language={language} current={text.title} />
      <OpenFile
        file={file}
        language={language}
        back={{ label: text.back, href: paths.ticket({ id: ticket.id }) }}
        href={paths.ticketFile({ id: ticket.id, file: file.id })}
      />
    </>
  ),
})

/** A file of a ticket, as it was brought, for whoever sees the ticket. */
export const ticketFile = staffConsole.storedFile({
  path: paths.ticketFile,
  allow: 'read',
  async load(ctx, { params }) {
    const seen = await seeFile(ctx, params, paths.ticketFile(params))
    if (seen === notFound) return notFound
    const { file, customer } = seen
    // The look was noted once; whether its reader is still of the staff is asked for each part.
    return {
      name: file.name,
      parts: partsOf(file),
      read: (later, part) => readPart(readingFor(later, customer), file.id, part),
    }
  },
})

/** One of its pictures, which are ours, as the page shows it: a part of the look at that page, which was noted there. */
export const ticketPicture = staffConsole.picture({
  path: paths.ticketPicture,
  allow: 'read',
  async load(ctx, { params }) {
    const ticket = await findTicketForStaff(ctx, params.id)
    const file = ticket && (await findTicketFileForStaff(ctx, params))
    if (!ticket || !file || !isPicture(file)) return notFound
    // Of a picture, its type is the second half of this one.
    const type = `image/${file.type}` as 'image/png' | 'image/jpeg' | 'image/webp'
    const bytes = await readBytes({ ...ctx, actor: { customer: { id: ticket.customerId } } }, file.id)
    return { type, bytes: new Uint8Array(bytes), isFleeting: true }
  },
})

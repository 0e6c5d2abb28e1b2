import type { Attachment } from '#features/attachments/attachment.ts'
import { partsOf, readPart } from '#features/attachments/read.ts'
import { findRequestFileForStaff } from '#features/order-requests/files.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { readingFor } from '#features/staff/see-customer.ts'
import { notFound } from '#platform/web/page.ts'
import { OpenFile, openFileTitle } from '../files/open-file.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { RequestTrail } from './request-parts.tsx'
import { seeRequest, type SeenRequest } from './see-request.ts'

const words = { title: openFileTitle, back: { ja: '申請に戻る', en: 'Back to the request' } }

interface SeenFile extends SeenRequest {
  file: Attachment
}

async function seeFile(
  ctx: StaffContext,
  asked: Record<'id' | 'file', string>,
  path: string,
): Promise<SeenFile | typeof notFound> {
  const seen = await seeRequest(ctx, asked.id, path)
  if (seen === notFound) return notFound
  const file = await findRequestFileForStaff(ctx, asked)
  return file ? { ...seen, file } : notFound
}

/** Of a file that came with a request, before it is downloaded. */
export const openRequestFilePage = staffConsole.page({
  path: paths.openRequestFile,
  allow: 'read',
  words,
  changesByLooking: true,
  load: (ctx, { params }) => seeFile(ctx, params, paths.openRequestFile(params)),
  title: ({ words: text }) => text.title,
  view: ({ data: { request, file }, words: text, reader: { language } }) => (
    <>
      <RequestTrail request={request} language={language} current={text.title} />
      <OpenFile
        file={file}
        language={language}
        back={{ label: text.back, href: paths.request({ id: request.id }) }}
        href={paths.requestFile({ id: request.id, file: file.id })}
      />
    </>
  ),
})

/** The file as it was brought, for whoever sees the request. */
export const requestFile = staffConsole.storedFile({
  path: paths.requestFile,
  allow: 'read',
  async load(ctx, { params }) {
    const seen = await seeFile(ctx, params, paths.requestFile(params))
    if (seen === notFound) return notFound
    const { file, customer } = seen
    return {
      name: file.name,
      parts: partsOf(file),
      read: (later, part) => readPart(readingFor(later, customer), file.id, part),
    }
  },
})

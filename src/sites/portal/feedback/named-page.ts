import type { Visitor } from '#platform/context.ts'
import { sameBytes } from '#platform/security/secrets.ts'
import { paths } from '../paths.ts'

/** What feedback is about. */
export interface NamedPage {
  /** With its query: it is led back to. */
  address: string
  title: string
}

/** Bytes that prove the title: enough that nobody else names a page in our name. */
const proofBytes = 9

type Secrets = Pick<Visitor, 'secrets'>

/** Where feedback on a page is given, which is called there as it calls itself. */
export function feedbackOn({ secrets }: Secrets, { address, title }: NamedPage): string {
  const proof = proofOf({ secrets }, { address, title }).toString('base64url')
  // As the page has it: browsers encode it, and it costs next to nothing to send it twice.
  const named = title.replaceAll(/[%&#+\s]/gu, encodeURIComponent)
  return `${paths.feedback}?page=${encodeURIComponent(address)}&title=${named}&proof=${proof}`
}

/** The title that an address of feedback brings; undefined when it is not of our making. */
export function titleIn(
  { secrets }: Secrets,
  { page: address = '', title = '', proof = '' }: Readonly<Record<string, string>>,
): string | undefined {
  const given = Buffer.from(proof, 'base64url')
  return title !== '' && sameBytes(given, proofOf({ secrets }, { address, title })) ? title : undefined
}

function proofOf({ secrets }: Secrets, { address, title }: NamedPage): Buffer {
  return secrets.keyedHash('title of a page', address, title).subarray(0, proofBytes)
}

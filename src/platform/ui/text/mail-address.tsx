import type { JSX } from 'preact'
import { untranslated } from './untranslated.ts'

/** A mail address, which breaks behind its @ where a line is too short for it, and in no word while there is another way. */
export function MailAddress({ mail }: { mail: string }): JSX.Element {
  const at = mail.lastIndexOf('@') + 1
  return (
    <span class="mail-address" {...untranslated}>
      {mail.slice(0, at)}
      <wbr />
      {mail.slice(at)}
    </span>
  )
}

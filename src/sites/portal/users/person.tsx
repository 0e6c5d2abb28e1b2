import type { JSX } from 'preact'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { paths } from '../paths.ts'

/** Somebody in a table, by name, with the mail address below: two may have one name. */
export function Person({ id, name, mail }: { id: string; name: string; mail: string }): JSX.Element {
  return (
    <>
      <a href={paths.user({ id })}>{name}</a>
      <MailBelow mail={mail} />
    </>
  )
}

/** The mail address under a name. */
export function MailBelow({ mail }: { mail: string }): JSX.Element {
  return (
    <>
      <br />
      <span class="small-text">
        <MailAddress mail={mail} />
      </span>
    </>
  )
}

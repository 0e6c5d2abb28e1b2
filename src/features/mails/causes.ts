/** Why a mail did not arrive, as `mail_cause` of the database reads it of what was heard last. The worst for its reader first. */
export const mailCauses = [
  'unknown-address',
  'unknown-domain',
  'closed',
  'full',
  'policy',
  'too-large',
  'refused',
  'busy',
  'no-address',
  'ours',
  'untried',
] as const
export type MailCause = (typeof mailCauses)[number]

/** Of these the server says that nobody is there. */
export const lastingCauses: readonly MailCause[] = ['unknown-address', 'unknown-domain']

/** How far a mail has come; `kept`: in the mailbox of a demo. */
export const mailStates = ['queued', 'sent', 'refused', 'expired', 'kept'] as const
export type MailState = (typeof mailStates)[number]

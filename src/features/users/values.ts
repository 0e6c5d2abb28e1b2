import { z } from 'zod'
import { withAsciiDomain } from '#features/sign-in/login-id.ts'
import { readsAsLink } from './name-rules.ts'
import { line, lines, timeZoneName, unmarked } from '#platform/values.ts'

/** Half or full width, as people write it; six digits at least, which prove who somebody is. */
export const phoneNumber: z.ZodType<string, string> = unmarked(
  line(21).regex(
    /^(?=([^\d０-９]*[\d０-９]){6})[+＋]?[\d０-９ \u3000()（）\-－‐‑‒–−ー]+$/u,
    'must be a telephone number such as 03-0000-0101, without an extension',
  ),
)

/** A domain is kept as DNS has it. */
export const mailAddress: z.ZodType<string, string> = unmarked(
  z
    .string()
    .transform(withAsciiDomain)
    .pipe(
      line(200)
        .regex(/^(?!.*\.\.)/s, 'must not have two dots one after the other')
        .pipe(z.email('must be a mail address')),
    ),
)

/** What can be set of a user, whichever way it comes in. */
export const userValues = {
  /** Something of it is seen: it is what people press to open the user. */
  name: unmarked(
    line(100)
      .min(1, 'must not be empty')
      .regex(/^$|[\p{L}\p{N}]/u, 'must have a letter or a digit')
      .superRefine((name, { addIssue }) => {
        const message = 'must not read as a link, such as https:// or www.'
        if (readsAsLink(name)) addIssue({ code: 'invalid_format', format: 'name', input: name, message })
      }),
  ),
  /** The user ID of the login. */
  mail: mailAddress,
  phone: phoneNumber,
  secondFactor: z.enum(['totp', 'mail-otp']),
  role: z.enum(['general-user', 'portal-administrator']),
  mailLanguage: z.enum(['ja', 'en']),
  timeZone: timeZoneName,
  jobTitle: unmarked(line(100)),
  mobilePhone: phoneNumber,
  comment: lines(500),
} as const

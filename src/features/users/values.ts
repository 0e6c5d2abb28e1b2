import { z } from 'zod'
import { loginIdIn } from '#features/sign-in/login-id.ts'
import { readsAsLink } from './name-rules.ts'
import { foldWords } from '#platform/folding.ts'
import { reasons } from '#platform/value-reasons.ts'
import { hyphens } from '#platform/digits.ts'
import { calendarDay, evenWidth, line, lines, timeZoneName, unmarked } from '#platform/values.ts'

/** Half or full width, as people write it, and kept in half width; six digits at least, which prove who somebody is. */
export const phoneNumber: z.ZodType<string, string> = unmarked(
  z
    .string()
    .transform(halfWidth)
    .pipe(line(40))
    .superRefine((phone, { addIssue }) => {
      const refuse = (message: string): void =>
        addIssue({ code: 'invalid_format', format: 'phone', input: phone, message })
      if (/内線|ext|#|\dx\d/i.test(phone)) return refuse(reasons.extension.file)
      if (!looksLikePhone.test(phone)) return refuse('must be a telephone number such as 03-0000-0101')
      if (phone.length > longestPhone) refuse(`must not be longer than ${longestPhone} characters`)
    }),
)

const longestPhone = 21
const looksLikePhone = /^(?=(\D*\d){6})\+?[\d ()-]+$/

const hyphen = new RegExp(`[${hyphens}]`, 'gu')

/** All that people take for a hyphen between digits is one. */
function halfWidth(phone: string): string {
  return phone.normalize('NFKC').replaceAll(hyphen, '-')
}

/** As at the login: 「山田 太郎 <taro@example.co.jp>」 is taro@example.co.jp; a domain is kept as DNS has it. */
export const mailAddress: z.ZodType<string, string> = z
  .string()
  .transform(loginIdIn)
  .pipe(
    line(200)
      .regex(/^(?!.*\.\.)/s, reasons.twoDots.file)
      .pipe(z.email('must be a mail address')),
  )

/** As people type it, in hiragana, katakana or half-width katakana; in hiragana then. */
const kana: z.ZodType<string, string> = unmarked(
  z
    .string()
    .transform((text) =>
      text
        .normalize('NFKC')
        .replaceAll(/ +/g, ' ')
        .replaceAll(/[ァ-ヶヽヾ]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x60)),
    )
    .pipe(line(100).regex(/^[ぁ-ゖー・ゝゞ ]*$/u, reasons.notKana.file)),
)

/** What can be set of a user, whichever way it comes in. */
export const userValues = {
  /** Something of it is seen: it is what people press to open the user. */
  name: unmarked(
    evenWidth(
      line(100)
        .min(1, 'must not be empty')
        .superRefine((name, { addIssue }) => {
          const refuse = (message: string): void =>
            addIssue({ code: 'invalid_format', format: 'name', input: name, message })
          if (name !== '' && !hasLetter(name)) refuse(reasons.noLetter.file)
          if (readsAsLink(name)) refuse(reasons.link.file)
        }),
    ),
  ),
  /** ふりがな, kept in hiragana; or none. */
  kana,
  /** The user ID of the login. */
  mail: mailAddress,
  phone: phoneNumber,
  secondFactor: z.enum(['totp', 'mail-otp']),
  role: z.enum(['general-user', 'portal-administrator']),
  mailLanguage: z.enum(['ja', 'en']),
  timeZone: timeZoneName,
  jobTitle: unmarked(evenWidth(line(100))),
  mobilePhone: phoneNumber,
  comment: lines(500),
  beginsOn: calendarDay,
  endsOn: calendarDay,
} as const

/** What is left of it when it is compared with what somebody types; a long vowel alone is none. */
function hasLetter(name: string): boolean {
  return /(?!ー)[\p{L}\p{N}]/u.test(foldWords(name))
}

import { foldLoginId, loginIdIn } from '#features/sign-in/login-id.ts'
import { foldName, foldWords } from '#platform/folding.ts'

/** Who a visitor claims to be, as it stands on the application form. */
export interface Identity {
  mail: string
  name: string
  phone: string
}

/** Whether all of an identity fits. Always compares everything: nothing may tell which part was wrong. */
export function isSameIdentity(own: Identity, given: Identity): boolean {
  const fits = [
    foldMail(own.mail) === foldMail(given.mail),
    foldWhole(own.name) === foldWhole(given.name),
    foldPhone(own.phone) === foldPhone(given.phone),
  ]
  return !fits.includes(false)
}

/** As at the login: 「山田 太郎 <taro@example.co.jp>」 is taro@example.co.jp. */
function foldMail(typed: string): string {
  return foldLoginId(loginIdIn(typed))
}

/** Spaces in a name make no difference either; 「ー」 in it is a letter. */
function foldWhole(name: string): string {
  return foldName(name.replaceAll(/\s/gu, ''))
}

/** The digits alone, whatever stands between them; +81 is the 0 of a Japanese number: 「+81 (0)3-…」. */
function foldPhone(phone: string): string {
  return foldWords(phone)
    .replaceAll(/[^\d+]/g, '')
    .replace(/^\+810?/, '0')
}

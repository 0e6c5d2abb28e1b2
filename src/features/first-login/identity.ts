import { withCommonKanji } from './kanji-variants.ts'

/** Who a visitor claims to be, as it stands on the application form. */
export interface Identity {
  mail: string
  name: string
  phone: string
}

/** Whether all of an identity fits. Always compares everything: nothing may tell which part was wrong. */
export function isSameIdentity(own: Identity, given: Identity): boolean {
  const fits = [
    foldWord(own.mail) === foldWord(given.mail),
    foldName(own.name) === foldName(given.name),
    foldPhone(own.phone) === foldPhone(given.phone),
  ]
  return !fits.includes(false)
}

/** Width, case, spaces and marks that nobody sees make no difference. */
function foldWord(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Cf}]/gu, '')
}

/** Hyphens and brackets in a name make none either, nor does the form of a kanji; 「ー」 is a letter. */
function foldName(text: string): string {
  return withCommonKanji(foldWord(text).replaceAll(/[\p{Pd}\p{Ps}\p{Pe}\p{Variation_Selector}−]/gu, ''))
}

/** The digits alone, whatever stands between them; +81 is the 0 of a Japanese number: 「+81 (0)3-…」. */
function foldPhone(text: string): string {
  const dialled = text.normalize('NFKC').replaceAll(/[^\d+]/g, '')
  return dialled.replace(/^\+810?/, '0')
}

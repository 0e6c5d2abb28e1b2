import type { Phrase } from './words.ts'

/** Why a value is refused: for whoever writes files, the end of a sentence that begins with the field; and as a form tells it. */
export interface Reason {
  file: string
  form: Phrase<(item: string) => string>
}

/** Reasons that say more than what a field looks like. */
export const reasons = {
  controls: {
    file: 'must not contain control characters, nor marks that turn the direction of text',
    form: {
      ja: (item) =>
        `${item}に、改行などの制御文字か、文字の向きを変える見えない文字が含まれています。入力し直してください。`,
      en: (item) =>
        `${item} contains control characters, or unseen marks that turn the direction of text. Type it anew.`,
    },
  },
  unseen: {
    file: 'must not contain marks that nobody sees',
    form: {
      ja: (item) => `${item}に、見えない文字が含まれています。入力し直してください。`,
      en: (item) => `${item} contains marks that nobody sees. Type it anew.`,
    },
  },
  noLetter: {
    file: 'must have a letter or a digit',
    form: {
      ja: (item) => `${item}には、文字か数字を入力してください。記号だけでは登録できません。`,
      en: (item) => `${item} needs a letter or a digit, not symbols alone.`,
    },
  },
  link: {
    file: 'must not read as a link, such as https:// or www.',
    form: {
      ja: (item) => `${item}に、リンクになる文字（https:// や www. など）は使えません。別の書き方で入力してください。`,
      en: (item) => `${item} must not read as a link, such as https:// or www.`,
    },
  },
  notKana: {
    file: 'must be in hiragana or katakana',
    form: {
      ja: (item) => `${item}は、ひらがなかカタカナで入力してください。`,
      en: (item) => `${item} is written in hiragana or katakana.`,
    },
  },
  twoDots: {
    file: 'must not have two dots one after the other',
    form: {
      ja: (item) => `${item}に「.」が続いています。正しいアドレスをご確認ください。`,
      en: (item) => `${item} has two dots one after the other. Check the address.`,
    },
  },
  extension: {
    file: 'must be a telephone number such as 03-0000-0101, without an extension',
    form: {
      ja: (item) => `${item}に内線番号は入力できません。内線を除き、03-0000-2001の形式で入力してください。`,
      en: (item) => `${item} takes no extension. Write it like 03-0000-2001.`,
    },
  },
} as const satisfies Record<string, Reason>

const byMessage: ReadonlyMap<string, Reason> = new Map(Object.values(reasons).map((reason) => [reason.file, reason]))

/** The reason that a schema has given as its message. */
export function reasonOf(message: string | undefined): Reason | undefined {
  return message === undefined ? undefined : byMessage.get(message)
}

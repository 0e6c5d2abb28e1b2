export type Language = 'ja' | 'en'

/** A sentence, or a function that makes one. Both languages have the same shape: a missing one does not compile. */
type Text = string | ((...facts: never[]) => string)

export interface Phrase<T extends Text = string> {
  ja: T
  en: T
}

export type Words = Record<string, Phrase<Text>>

/** The words of a page in one language: `In<typeof words>`. */
export type In<W extends Words> = { readonly [K in keyof W]: W[K]['ja'] }

const spoken = new WeakMap<Words, Partial<Record<Language, Record<string, Text>>>>()

/** Chooses one language of a catalogue; the choice is made once per catalogue and kept. */
export function inLanguage<W extends Words>(words: W, language: Language): In<W> {
  const known = spoken.get(words) ?? {}
  spoken.set(words, known)
  known[language] ??= Object.fromEntries(Object.entries(words).map(([key, phrase]) => [key, phrase[language]]))
  // The entries were just made from the same keys.
  return known[language] as In<W>
}

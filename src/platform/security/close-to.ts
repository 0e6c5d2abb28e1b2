/** How texts are compared that should not be alike: width, case and spaces make no difference. */
export function foldLoosely(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
}

/** Whether a text is one of these words with a few characters round it. All of them are folded. */
export function isCloseTo(folded: string, words: readonly string[]): boolean {
  return words.some((word) => word.length >= 3 && folded.includes(word) && folded.length - word.length < 6)
}

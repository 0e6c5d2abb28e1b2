/** How names and mail addresses are compared: as `fold_text` does in the database. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

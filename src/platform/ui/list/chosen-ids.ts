import { isId } from '../../form.ts'

// A hundred ids must fit into the cookie that leads back after a login, which escapes commas twice.
const separator = '.'

/** As many as one page of a list shows. */
export const mostChosen = 100

/** Rows that were ticked on one page, as they stand in the address of the page that asks what it asks. */
export function idsText(ids: readonly string[]): string {
  return ids.join(separator)
}

/** The same, read from the query. */
export function idsIn(text = ''): string[] {
  return text.split(separator).filter(isId).slice(0, mostChosen)
}

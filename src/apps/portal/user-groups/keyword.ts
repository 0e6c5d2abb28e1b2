import { z } from 'zod'

const keyword = z.string().trim().max(100).catch('')

/** What a list is filtered by, as far as it can be. */
export function keywordOf({ q }: Readonly<Record<string, string>>): string {
  return keyword.parse(q ?? '')
}

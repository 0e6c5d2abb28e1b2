import { isId } from '#platform/form.ts'
import { type Asked, notFound } from '#platform/web/page.ts'

/** The id in the address, if it can be one. */
export function askedGroupId({ params }: Asked): string | typeof notFound {
  const { id = '' } = params
  return isId(id) ? id : notFound
}

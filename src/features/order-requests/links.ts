/** Pages of the portal that mails about requests lead to; sites/portal/paths.ts takes them from here. */
export const requestPaths = { request: '/requests/:id' } as const

export function requestUrl(portalUrl: URL, id: string): URL {
  return new URL(requestPaths.request.replace(':id', id), portalUrl)
}

/** Id of a service's row on the service menu, for links from elsewhere. */
export function serviceAnchor(code: string): string {
  return `service-${code}`
}

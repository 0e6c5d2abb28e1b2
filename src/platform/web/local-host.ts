const local = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Whether a host name means this machine alone. */
export function isLocal(host: string): boolean {
  return local.has(host) || host.endsWith('.localhost')
}

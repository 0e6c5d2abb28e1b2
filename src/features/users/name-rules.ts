/**
 * Whether a mail program would make a link of it, in whatever width and with whatever invisible signs between. A bare domain is
 * not among it: 「J.Sato」 is a name, and which of them are linked changes with the list of top-level domains. So no name at all
 * stands in a mail to an address that nobody has confirmed.
 */
export function readsAsLink(name: string): boolean {
  return /:\/\/|\bwww[.。]|\bmailto:/i.test(name.normalize('NFKC').replaceAll(/\p{DI}/gu, ''))
}

/**
 * Whether a mail program would make a link of the name, in any width and with any invisible signs between. A bare domain counts
 * as none: 「J.Sato」 is a name, and which domains are linked changes with the list of the top ones. So no name at all stands in
 * a mail to an address that nobody has confirmed.
 */
export function readsAsLink(name: string): boolean {
  return /:\/\/|\bwww[.。]|\bmailto:/i.test(name.normalize('NFKC').replaceAll(/\p{DI}/gu, ''))
}

import { createHash, randomInt } from 'node:crypto'

// Without letters and digits that look alike. 32 ^ 16 is 80 bits: no need for a slow hash.
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const groups = 4
const groupLength = 4

export function newRecoveryCode(): string {
  const group = (): string => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}

/** Salted by its user; hyphens, spaces, width and case make no difference. */
export function recoveryCodeHash(userId: string, code: string): Buffer {
  return createHash('sha256')
    .update(`${userId} ${foldRecoveryCode(code)}`)
    .digest()
}

export function foldRecoveryCode(code: string): string {
  return code
    .normalize('NFKC')
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
}

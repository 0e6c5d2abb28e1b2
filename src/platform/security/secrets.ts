import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto'

/** What the installation's key is used for. Keys derive from it by HKDF (RFC 5869), one for each purpose. */
export interface Secrets {
  /** Encrypts with AES-256-GCM under the newest key. `purpose` is authenticated: a value cannot be moved to another one. */
  seal(purpose: string, text: string): Buffer
  /** Throws when the value was sealed for another purpose, with a key no longer known, or was changed. */
  open(purpose: string, sealed: Uint8Array): string
  /** A hash that nobody without the key can try values against (HMAC-SHA-256). */
  keyedHash(purpose: string, ...parts: string[]): Buffer
}

const version = 1
const keyIdBytes = 4
const ivBytes = 12
const tagBytes = 16

/** The first key seals and hashes; all of them open, so that keys can be changed while the program runs on. */
export function secretsOf(keys: readonly Buffer[]): Secrets {
  const [newest] = keys
  if (!newest) throw new Error('At least one key is needed')
  const sealers = new Map(keys.map((key) => [keyIdOf(key), derive(key, 'seal')]))
  // Six times as fast as the bytes, and a page has several tokens.
  const hashKey = createSecretKey(derive(newest, 'hash'))
  return {
    seal: (purpose, text) => encrypt(newest, purpose, text),
    open: (purpose, sealed) => decrypt(sealers, purpose, Buffer.from(sealed)),
    keyedHash: (purpose, ...parts) =>
      createHmac('sha256', hashKey)
        .update(JSON.stringify([purpose, ...parts]))
        .digest(),
  }
}

/** 256 random bits as text for a cookie or a link. Only its hash is ever stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** For values that are random themselves and need no key. */
export function hashOf(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}

/** Six digits; all codes are equally likely. */
export function newMailCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

/** In constant time; false for different lengths. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `madoguchi ${purpose}`, 32))
}

function keyIdOf(key: Buffer): string {
  return createHash('sha256')
    .update(derive(key, 'id'))
    .digest('hex')
    .slice(0, 2 * keyIdBytes)
}

// Layout: version (1), key id (4), nonce (12), tag (16), text.
function encrypt(key: Buffer, purpose: string, text: string): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', derive(key, 'seal'), iv).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([version]), Buffer.from(keyIdOf(key), 'hex'), iv, cipher.getAuthTag(), body])
}

function decrypt(keys: Map<string, Buffer>, purpose: string, sealed: Buffer): string {
  const [id, iv, tag, body] = takeApart(sealed)
  const key = keys.get(id.toString('hex'))
  if (sealed[0] !== version || !key) throw new Error('Sealed with a key that is not in the SECRET_KEY of the portal')
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(tag)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}

function takeApart(sealed: Buffer): [id: Buffer, iv: Buffer, tag: Buffer, body: Buffer] {
  const afterId = 1 + keyIdBytes
  const afterIv = afterId + ivBytes
  const afterTag = afterIv + tagBytes
  return [
    sealed.subarray(1, afterId),
    sealed.subarray(afterId, afterIv),
    sealed.subarray(afterIv, afterTag),
    sealed.subarray(afterTag),
  ]
}

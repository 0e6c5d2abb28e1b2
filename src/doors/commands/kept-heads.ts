import { readFile } from 'node:fs/promises'
import type { Head } from '#features/change-history/verify.ts'
import { Failure } from './command.ts'

/** The heads of chains that an earlier verify-history has printed, by the codes of their customers. */
export async function readKeptHeads(path: string): Promise<ReadonlyMap<string, Head>> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new Failure(`${path} cannot be read: ${error.message}`)
  })
  const heads = new Map<string, Head>()
  for (const line of text.split('\n')) {
    const [, code = '', sequence, hash = ''] = /^([\w.-]+|\(house\))\s.*\s(\d+):([0-9a-f]{64})\s*$/.exec(line) ?? []
    // Of a chain that had not begun there is nothing to compare.
    if (Number(sequence) > 0) heads.set(code, { sequence: Number(sequence), hash: Buffer.from(hash, 'hex') })
  }
  if (heads.size === 0) throw new Failure(`${path} holds no line that verify-history has printed.`)
  return heads
}

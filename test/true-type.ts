import { inflateSync } from 'node:zlib'

const woffHeader = 44
const woffEntry = 20
const fontHeader = 12
const fontEntry = 16

/** The TrueType font inside a WOFF 1.0 file (W3C WOFF, sections 4 and 5): the same tables, unpacked. Systems install no WOFF. */
export function toTrueType(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const head = Buffer.alloc(fontHeader + fontEntry * count)
  writeHeader(head, woff.readUInt32BE(4), count)
  const parts: Buffer[] = [head]
  let offset = head.length
  for (let index = 0; index < count; index++) {
    const entry = woff.subarray(woffHeader + woffEntry * index)
    const table = readTable(woff, entry)
    const place = fontHeader + fontEntry * index
    entry.copy(head, place, 0, 4)
    head.writeUInt32BE(entry.readUInt32BE(16), place + 4)
    head.writeUInt32BE(offset, place + 8)
    head.writeUInt32BE(table.length, place + 12)
    // Every table begins at a multiple of four bytes.
    parts.push(table, Buffer.alloc(-table.length & 3))
    offset += (table.length + 3) & ~3
  }
  return Buffer.concat(parts)
}

/** The three numbers after the count serve a binary search over the tables (OpenType, table directory). */
function writeHeader(head: Buffer, flavor: number, count: number): void {
  const log = Math.floor(Math.log2(count))
  head.writeUInt32BE(flavor, 0)
  head.writeUInt16BE(count, 4)
  head.writeUInt16BE(fontEntry * 2 ** log, 6)
  head.writeUInt16BE(log, 8)
  head.writeUInt16BE(fontEntry * (count - 2 ** log), 10)
}

function readTable(woff: Buffer, entry: Buffer): Buffer {
  const offset = entry.readUInt32BE(4)
  const packedLength = entry.readUInt32BE(8)
  const packed = woff.subarray(offset, offset + packedLength)
  return packedLength < entry.readUInt32BE(12) ? inflateSync(packed) : packed
}

import assert from 'node:assert/strict'
import { crc32, inflateRawSync } from 'node:zlib'

/** The files of a ZIP archive by their names, found as its directory tells (APPNOTE 4.3.12, 4.3.16) and whole by their checksums. */
export function filesInZip(bytes: Uint8Array): Map<string, string> {
  const zip = Buffer.from(bytes)
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  assert(end >= 0, 'no end of a directory')
  const files = new Map<string, string>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    assert.equal(zip.readUInt32LE(at), 0x02014b50, 'no entry of a directory')
    const [sum, packed] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20)]
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const header = zip.readUInt32LE(at + 42)
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0))
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
    const content = inflateRawSync(zip.subarray(start, start + packed))
    assert.equal(crc32(content), sum, name)
    files.set(name, content.toString())
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0)
  }
  return files
}

/** The cells of each sheet of a workbook: text as text, numbers as numbers, what is empty as null. */
export function sheetsIn(bytes: Uint8Array): Map<string, (string | number | null)[][]> {
  const files = filesInZip(bytes)
  const names = Array.from((files.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)" sheetId="(\d+)"/g))
  return new Map(
    names.map(([, name = '', number = '']) => {
      const xml = files.get(`xl/worksheets/sheet${number}.xml`) ?? assert.fail(`no sheet ${number}`)
      assert.doesNotMatch(xml, /<f>/, 'a formula')
      return [unescaped(name), Array.from(xml.matchAll(/<row>(.*?)<\/row>/gs), ([, row = '']) => cellsIn(row))]
    }),
  )
}

function cellsIn(row: string): (string | number | null)[] {
  return Array.from(
    row.matchAll(
      /<c\/>|<c><v>([^<]*)<\/v><\/c>|<c s="\d" t="inlineStr"><is><t xml:space="preserve">([^<]*)<\/t><\/is><\/c>/g,
    ),
    ([, number, text]) => (number === undefined ? (text === undefined ? null : unescaped(text)) : Number(number)),
  )
}

/** As a spreadsheet reads it: XML first, then its own escapes. */
function unescaped(xml: string): string {
  return xml
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

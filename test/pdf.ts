import assert from 'node:assert/strict'
import { inflateSync } from 'node:zlib'

/** What each page of a PDF says (ISO 32000), as far as Chromium writes them: text in the order in which it is drawn. */
export function pagesOfPdf(bytes: Uint8Array): string[] {
  const objects = objectsIn(Buffer.from(bytes).toString('latin1'))
  const content = (id: string): PdfObject => objects.get(id) ?? assert.fail(`no object ${id}`)
  const pages = [...objects.values()].filter(({ head }) => /\/Type\s*\/Page\b/.test(head))
  return pages.map(({ head: page }) => {
    const fonts = new Map(
      Array.from(page.matchAll(/\/(F\d+) (\d+) 0 R/g), ([, name = '', id = '']) => [
        name,
        fontOf(content(id), content),
      ]),
    )
    const [, drawn = ''] = /\/Contents (\d+) 0 R/.exec(page) ?? []
    return textIn(streamOf(content(drawn)), fonts)
  })
}

/** Each object: what it says of itself, and its stream, if it has one. */
function objectsIn(pdf: string): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>()
  const begin = /(?:^|\n)(\d+) 0 obj\b/g
  for (let found = begin.exec(pdf); found; found = begin.exec(pdf)) {
    const rest = pdf.slice(begin.lastIndex)
    const [, head = ''] = /^([^]*?)(?:endobj|stream\r?\n)/.exec(rest) ?? []
    const [, length] = /\/Length (\d+)/.exec(head) ?? []
    const [stream = ''] = rest.slice(head.length).match(/^stream\r?\n/) ?? []
    const start = begin.lastIndex + head.length + stream.length
    // What is in a stream may look like anything.
    if (stream !== '') begin.lastIndex = start + Number(length)
    objects.set(found[1] ?? '', { head, body: stream === '' ? '' : pdf.slice(start, start + Number(length)) })
  }
  return objects
}

interface PdfObject {
  head: string
  body: string
}

function streamOf({ head, body }: PdfObject): string {
  return head.includes('/FlateDecode') ? inflateSync(Buffer.from(body, 'latin1')).toString('latin1') : body
}

interface Font {
  /** Hexadecimal digits of one code. */
  digits: number
  signs: ReadonlyMap<string, string>
}

function fontOf({ head: font }: PdfObject, content: (id: string) => PdfObject): Font {
  const [, id] = /\/ToUnicode (\d+) 0 R/.exec(font) ?? []
  const map = id === undefined ? '' : streamOf(content(id))
  const signs = new Map<string, string>()
  const digits = /\/Type0/.test(font) ? 4 : 2
  for (const [, block = ''] of map.matchAll(/beginbfchar([^]*?)endbfchar/g))
    for (const [, code = '', sign = ''] of block.matchAll(/<([^>]+)>\s*<([^>]+)>/g))
      signs.set(code.toUpperCase(), utf16(sign))
  for (const [, block = ''] of map.matchAll(/beginbfrange([^]*?)endbfrange/g))
    for (const [, from = '', to = '', sign = ''] of block.matchAll(/<([^>]+)>\s*<([^>]+)>\s*<([^>]+)>/g))
      for (let code = Number.parseInt(from, 16), at = 0; code <= Number.parseInt(to, 16); code++, at++)
        signs.set(
          code.toString(16).toUpperCase().padStart(digits, '0'),
          String.fromCodePoint((utf16(sign).codePointAt(0) ?? 0) + at),
        )
  return { digits, signs }
}

function utf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le')
}

function textIn(drawing: string, fonts: ReadonlyMap<string, Font>): string {
  let font: Font | undefined
  let text = ''
  for (const [, name, shown] of drawing.matchAll(/\/(F\d+) [\d.]+ Tf|(\[[^\]]*\]\s*TJ|<[^>]*>\s*Tj)|\bET\b/g)) {
    if (name !== undefined) font = fonts.get(name)
    else text += shown === undefined ? '\n' : signsOf(shown, font)
  }
  return text
}

function signsOf(shown: string, font: Font | undefined): string {
  const codes = Array.from(shown.matchAll(/<([^>]*)>/g), ([, each = '']) => each)
    .join('')
    .toUpperCase()
  if (!font) return ''
  const code = new RegExp(`.{${font.digits}}`, 'g')
  return Array.from(codes.matchAll(code), ([each]) => font.signs.get(each) ?? '').join('')
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { mostBytesOfFile } from './attachment.ts'
import { judgeFiles } from './judge.ts'

const red = { create: { width: 300, height: 60, channels: 3 as const, background: '#c00' } }
const png = (): Promise<Buffer> => sharp(red).png().toBuffer()
const text = (content: string): Buffer => Buffer.from(content)
const hex = (content: string): Buffer => Buffer.from(content, 'hex')

type File = readonly [name: string, bytes: Buffer | (() => Promise<Buffer>)]

/** What its content is, or why it is refused: whatever its name says. */
const corpus: Record<string, readonly File[]> = {
  png: [
    ['a.png', png],
    ['a.exe', png],
  ],
  jpeg: [['写真', () => sharp(red).jpeg().toBuffer()]],
  webp: [
    ['lossy', () => sharp(red).webp().toBuffer()],
    ['lossless', () => sharp(red).webp({ lossless: true }).toBuffer()],
  ],
  pdf: [['a.png', text('%PDF-1.4\n…')]],
  text: [
    ['a.docx', text('ただのテキスト\r\n\tタブ')],
    // 「電話」, as Windows in Japan writes it.
    ['sjis.txt', hex('93648c620a')],
    ['utf16.txt', hex('fffe42306a30')],
    ['coloured.log', text('\u001b[31mred\u001b[0m')],
    ['less.txt', text('1 < 2 && <b> is no page')],
  ],
  csv: [['一覧.CSV', text('番号,名前\n1,佐藤\n')]],
  empty: [['a.png', Buffer.alloc(0)]],
  'too-large': [['a.pdf', Buffer.concat([text('%PDF-1.7'), Buffer.alloc(mostBytesOfFile)])]],
  svg: [
    ['a.svg', text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a.txt', text('notes <svg onload="alert(1)">')],
  ],
  page: [
    ['a.txt', text('<!DOCTYPE html><p>x')],
    ['a.csv', text('a,b\n<script >alert(1)</script>')],
    ['a.xml', text('<?xml version="1.0"?><a/>')],
  ],
  office: [
    ['a.pdf', Buffer.concat([hex('504b0304'), Buffer.alloc(26), text('[Content_Types].xml')])],
    ['a.doc', hex('d0cf11e0a1b11ae100')],
  ],
  archive: [
    ['a.png', hex('504b030414000000')],
    ['a.gz', hex('1f8b0800')],
    ['a.7z', hex('377abcaf271c0004')],
  ],
  capture: [
    ['a.txt', hex('d4c3b2a102000400')],
    ['a.pcapng', hex('0a0d0d0a1c000000')],
  ],
  program: [
    ['a.pdf', text('MZ\u0090')],
    ['a.txt', text('#!/bin/sh\nrm -rf /\n')],
  ],
  picture: [
    ['a.png', () => sharp(red).gif().toBuffer()],
    ['a.jpg', () => sharp(red).tiff().toBuffer()],
    ['a.heic', () => sharp(red).avif().toBuffer()],
  ],
  unknown: [['a.txt', hex('00010203ff')]],
  broken: [
    ['half.png', async () => (await png()).subarray(0, 90)],
    ['polyglot.png', Buffer.concat([hex('89504e470d0a1a0a'), text('<script>alert(1)</script>')])],
    ['half.jpg', hex('ffd8ffe000104a464946')],
  ],
  'too-many-pixels': [['bomb.png', bomb]],
  animated: [['moving.webp', animation]],
}

for (const [expected, files] of Object.entries(corpus))
  test(`a file that is ${expected} is told by what is in it`, async () => {
    for (const [name, made] of files) {
      const bytes = Buffer.isBuffer(made) ? made : await made()
      const judged = await judgeFiles([{ name, bytes: Buffer.from(bytes) }], 'somebody')
      const told = judged.ok ? judged.value[0]?.type : 'file' in judged ? judged.file.problem : judged.problem
      assert.equal(told, expected, name)
    }
  })

test('what is kept of a picture is ours: upright, as large as it says, and without what a camera noted', async () => {
  const camera = { IFD0: { Copyright: 'a secret place' } }
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    const bytes = await sharp(red).withMetadata({ orientation: 6 }).withExifMerge(camera).toFormat(format).toBuffer()
    const judged = await judgeFiles([{ name: 'x', bytes: Buffer.from(bytes) }], 'somebody')
    const [file = assert.fail('a picture')] = judged.ok ? judged.value : []
    const told = await sharp(file.bytes).metadata()
    assert.deepEqual([told.format, told.width, told.height], [format, file.width, file.height])
    assert.deepEqual([told.exif, told.orientation], [undefined, undefined], format)
    assert(!file.bytes.includes('a secret place'))
    assert.deepEqual([file.width, file.height], [60, 300])
  }
})

test('a name is of one line and one direction, leads nowhere, and ends in what the file is', async () => {
  for (const [given, kept] of [
    ['../../etc/passwd', 'passwd.txt'],
    ['C:\\Users\\x\\メモ.txt', 'メモ.txt'],
    ['evil\u202etxt.exe', 'eviltxt.exe.txt'],
    ['a"b<c>.log', 'a_b_c_.log'],
    ['...', 'file.txt'],
    [`${'あ'.repeat(300)}.txt`, `${'あ'.repeat(100)}.txt`],
  ] as const) {
    const judged = await judgeFiles([{ name: given, bytes: Buffer.from('x') }], 'somebody')
    assert.equal(judged.ok && judged.value[0]?.name, kept)
  }
})

function bomb(): Promise<Buffer> {
  const white = { create: { width: 20_000, height: 20_000, channels: 3 as const, background: '#fff' } }
  return sharp({ ...white, limitInputPixels: false })
    .toColourspace('b-w')
    .png({ compressionLevel: 9 })
    .toBuffer()
}

async function animation(): Promise<Buffer> {
  const frames = ['#c00', '#00c'].map((background) =>
    sharp({ create: { ...red.create, background } })
      .png()
      .toBuffer(),
  )
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .webp()
    .toBuffer()
}

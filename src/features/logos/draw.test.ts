import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { someOf } from '#test/many-runs.ts'
import { drawLogo, largestLogo, type LogoProblem } from './draw.ts'

const red = { create: { width: 300, height: 60, channels: 4 as const, background: '#c00' } }
const svg = (inside: string, attributes = 'viewBox="0 0 160 32"'): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
  )
const box = '<rect width="160" height="32" fill="#c00"/>'

/** What a file may be, harmless as it is, and why it is refused. */
const refused: Record<string, [file: () => Buffer | Promise<Buffer>, problem: LogoProblem]> = {
  nothing: [() => Buffer.alloc(0), 'broken'],
  'a text': [() => Buffer.from('%PNG is what this is not'), 'not-an-image'],
  'a page': [() => Buffer.from('<!doctype html><script>1</script>'), 'not-an-image'],
  'too many bytes': [() => Buffer.alloc(largestLogo + 1, 1), 'too-large'],
  'a GIF': [() => sharp(red).gif().toBuffer(), 'not-an-image'],
  'a TIFF': [() => sharp(red).tiff().toBuffer(), 'not-an-image'],
  'an AVIF': [() => sharp(red).avif().toBuffer(), 'not-an-image'],
  'a compressed SVG': [() => Buffer.from('1f8b0800', 'hex'), 'not-an-image'],
  'half a PNG': [async () => half(await noise('png')), 'broken'],
  'half a JPEG': [async () => half(await noise('jpeg')), 'broken'],
  'half a WebP': [async () => half(await noise('webp')), 'broken'],
  'a PNG with a turned bit': [async () => turned(await noise('png')), 'broken'],
  'a bomb of 400 million pixels': [bomb, 'too-many-pixels'],
  'a PNG that says it is larger still': [async () => sized(await sharp(red).png().toBuffer(), 2 ** 30), 'broken'],
  'an animation': [animation, 'animated'],
  'nothing to be seen': [
    () =>
      sharp({ create: { ...red.create, background: '#0000' } })
        .png()
        .toBuffer(),
    'empty',
  ],
  'an SVG without an end': [() => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><g>'), 'broken'],
  'an SVG with nothing in it': [() => svg(''), 'empty'],
  'an SVG in UTF-16': [() => Buffer.from(`\uFEFF${svg(box).toString()}`, 'utf16le'), 'not-an-image'],
  'an SVG that says it is in another encoding': [
    () => Buffer.from(`<?xml version="1.0" encoding="utf-7"?>${svg(box).toString()}`),
    'broken',
  ],
  'letters in an SVG': [() => svg(`${box}<text y="20">会社</text>`), 'svg-has-text'],
  'letters under a prefix': [
    () => Buffer.from('<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><s:text y="5">x</s:text></s:svg>'),
    'svg-has-text',
  ],
  'an image on another server': [() => svg(`${box}<image href="https://example.com/x.png"/>`), 'svg-refers'],
  'a file of this machine': [() => svg(`${box}<image xlink:href = 'file:///etc/passwd'/>`), 'svg-refers'],
  'a file beside': [() => svg(`${box}<use href="other.svg#x"/>`), 'svg-refers'],
  'an image within': [() => svg(`${box}<image href="data:image/svg+xml,<svg/>"/>`), 'svg-refers'],
  'a style sheet on another server': [
    () => svg(`<style>@import "https://example.com/x.css"</style>${box}`),
    'svg-refers',
  ],
  'a font on another server': [() => svg(`<rect style="fill:url( https://example.com/x )"/>`), 'svg-refers'],
  'entities that grow': [
    () => Buffer.from(`<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${svg('<title>&b;</title>').toString()}`),
    'svg-refers',
  ],
  'an SVG that is too large to draw': [() => svg(box, 'width="90000000" height="90000000"'), 'too-many-pixels'],
}

// Each is drawn by a process of its own.
for (const [name, [file, problem]] of someOf(Object.entries(refused), 12))
  test(`${name} is refused and said to be ${problem}`, async () => {
    const drawn = await drawLogo(await file(), 'somebody')
    assert.deepEqual(drawn.ok ? 'drawn' : drawn.problem, problem)
  })

test('what is drawn is a PNG of ours, no larger than it is shown, whatever it came as', async () => {
  const exif = { IFD0: { Copyright: 'a secret place' } }
  for (const [name, file] of Object.entries({
    png: await sharp(red).withExif(exif).png({ progressive: true }).toBuffer(),
    jpeg: await sharp(red).withExif(exif).jpeg({ progressive: true }).toBuffer(),
    'jpeg in CMYK': await sharp(red).toColourspace('cmyk').jpeg().toBuffer(),
    webp: await sharp(red).webp().toBuffer(),
    svg: svg(box),
    'a narrow svg': svg(box, 'width="16" height="3.2" viewBox="0 0 160 32"'),
    'a large png': await sharp({ create: { ...red.create, width: 4000, height: 800 } })
      .png()
      .toBuffer(),
  })) {
    const drawn = await drawLogo(file, 'somebody')
    assert(drawn.ok, name)
    const { image, hash, width, height } = drawn.value
    const told = await sharp(image).metadata()
    assert.deepEqual([told.format, told.width, told.height], ['png', width, height], name)
    assert(width <= 640 && height <= 128 && image.length < 20_000, name)
    assert.match(hash, /^[0-9a-f]{32}$/)
    assert.deepEqual([told.exif, told.icc, told.xmp], [undefined, undefined, undefined], name)
    const [pixel] = [
      await sharp(image)
        .extract({ left: width >> 1, top: height >> 1, width: 1, height: 1 })
        .raw()
        .toBuffer(),
    ]
    assert((pixel[0] ?? 0) > 150 && (pixel[1] ?? 255) < 60, `${name} is red`)
  }
})

test('an SVG loses what could run: only its picture is kept', async () => {
  const active = `<script>alert(1)</script>${box.replace('/>', ' onload="alert(1)"/>')}<foreignObject><p>x</p></foreignObject><animate attributeName="x" values="0;1"/><a><rect width="1" height="1" fill="#c00"/></a>`
  const [plain, drawn] = [await drawLogo(svg(box), 'a'), await drawLogo(svg(active), 'a')]
  assert(plain.ok && drawn.ok)
  const pixels = async (image: Buffer): Promise<string> =>
    (await sharp(image).raw().toBuffer()).toString('hex').slice(0, 64)
  assert.equal(await pixels(drawn.value.image), await pixels(plain.value.image))
  assert(!drawn.value.image.includes('alert'))
})

test('what takes too long is ended, and the next one is drawn', { timeout: 60_000 }, async () => {
  const began = performance.now()
  const drawn = await drawLogo(slow(), 'somebody')
  assert(!drawn.ok)
  assert.equal(drawn.problem, 'took-too-long')
  assert(performance.now() - began < 15_000)
  assert((await drawLogo(svg(box), 'somebody')).ok)
})

async function noise(format: 'png' | 'jpeg' | 'webp'): Promise<Buffer> {
  const noisy = { ...red.create, noise: { type: 'gaussian' as const, mean: 128, sigma: 60 }, channels: 3 as const }
  return sharp({ create: noisy }).toFormat(format).toBuffer()
}

const half = (file: Buffer): Buffer => file.subarray(0, file.length >> 1)

function turned(file: Buffer): Buffer {
  const copy = Buffer.from(file)
  const middle = copy.length >> 1
  copy[middle] = (copy[middle] ?? 0) ^ 0x10
  return copy
}

/** The width in its first chunk, whose checksum is wrong then, too. */
function sized(png: Buffer, width: number): Buffer {
  const copy = Buffer.from(png)
  copy.writeUInt32BE(width, 16)
  return copy
}

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

/** Filters upon filters, over as much as is drawn. */
function slow(): Buffer {
  const filter = Array.from(
    { length: 400 },
    () => '<feTurbulence numOctaves="200" baseFrequency="0.9"/><feMorphology radius="60"/>',
  )
  return svg(
    `<filter id="f" x="-10" y="-10" width="21" height="21">${filter.join('')}</filter><rect width="160" height="32" filter="url(#f)"/>`,
  )
}

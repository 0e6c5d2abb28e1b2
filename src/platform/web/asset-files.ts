import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { compressWell } from './compression.ts'

export interface AssetFile {
  /** Changes with the content. */
  path: string
  type: string
  text: string
  /** By brotli, in Base64. */
  compressed: string
}

/** What the browser gets beside the pages. It can be kept as JSON. */
export interface AssetFiles {
  stylesheet: AssetFile
  script: AssetFile
}

/** Bundles the one stylesheet and the one script, each from the file that names its parts. */
export async function bundleAssets(entries: { stylesheet: URL; script: URL }): Promise<AssetFiles> {
  const [stylesheet, script] = await Promise.all([
    bundle(fileURLToPath(entries.stylesheet), 'css', 'text/css; charset=utf-8'),
    bundle(fileURLToPath(entries.script), 'js', 'text/javascript; charset=utf-8'),
  ])
  return { stylesheet, script }
}

async function bundle(entry: string, ending: 'css' | 'js', type: string): Promise<AssetFile> {
  // Where the files are there already, esbuild is not loaded.
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  })
  const [output] = outputFiles
  if (!output) throw new Error(`${entry} gave no output`)
  const hash = createHash('sha256').update(output.contents).digest('base64url').slice(0, 12)
  const compressed = (await compressWell(output.contents)).toString('base64')
  return { path: `/assets/${hash}.${ending}`, type, text: output.text, compressed }
}

import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { acceptsBrotli, compressWell } from './compression.ts'

/** Paths of the bundled files; their names change with their content. */
export interface Assets {
  stylesheet: string
  script: string
  /** Serves them, for ever. */
  routes: Hono
  /** Bytes after brotli, for the gate on page weight. */
  weights: { stylesheet: number; script: number }
}

/** Bundles the one stylesheet and the one script, each from the file that names its parts. Takes some 50 ms, at the start only. */
export async function bundleAssets(entries: { stylesheet: URL; script: URL }): Promise<Assets> {
  const [stylesheet, script] = await Promise.all([
    bundle(fileURLToPath(entries.stylesheet), 'css', 'text/css; charset=utf-8'),
    bundle(fileURLToPath(entries.script), 'js', 'text/javascript; charset=utf-8'),
  ])
  const routes = new Hono()
  for (const { path, type, plain, compressed } of [stylesheet, script]) {
    routes.get(path, (c) => {
      c.header('Content-Type', type)
      c.header('Cache-Control', 'public, max-age=31536000, immutable')
      c.header('Vary', 'Accept-Encoding')
      if (!acceptsBrotli(c)) return c.body(plain)
      c.header('Content-Encoding', 'br')
      return c.body(compressed)
    })
  }
  return {
    stylesheet: stylesheet.path,
    script: script.path,
    routes,
    weights: { stylesheet: stylesheet.compressed.length, script: script.compressed.length },
  }
}

interface Bundle {
  path: string
  type: string
  plain: Uint8Array<ArrayBuffer>
  compressed: Uint8Array<ArrayBuffer>
}

async function bundle(entry: string, ending: 'css' | 'js', type: string): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  })
  const plain = outputFiles[0]?.contents
  if (!plain) throw new Error(`${entry} gave no output`)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12)
  return {
    path: `/assets/${hash}.${ending}`,
    type,
    plain: new Uint8Array(plain),
    compressed: new Uint8Array(await compressWell(plain)),
  }
}

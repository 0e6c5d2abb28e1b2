import { Hono } from 'hono'
import type { AssetFile, AssetFiles } from './asset-files.ts'
import { accepts } from './compression.ts'

/** Paths of the bundled files; their names change with their content. */
export interface Assets {
  stylesheet: string
  script: string
  /** Serves them, for ever. */
  routes: Hono
  /** Bytes after brotli, for the gate on page weight. */
  weights: { stylesheet: number; script: number }
}

export function serveAssets({ stylesheet, script }: AssetFiles): Assets {
  const routes = new Hono()
  return {
    stylesheet: stylesheet.path,
    script: script.path,
    routes,
    weights: { stylesheet: serve(routes, stylesheet), script: serve(routes, script) },
  }
}

/** Answers the bytes that it has after brotli. */
function serve(routes: Hono, { path, type, text, ...file }: AssetFile): number {
  const compressed = Uint8Array.from(Buffer.from(file.compressed, 'base64'))
  routes.get(path, (c) => {
    c.header('Content-Type', type)
    c.header('Cache-Control', 'public, max-age=31536000, immutable')
    c.header('Vary', 'Accept-Encoding')
    if (!accepts(c, 'br')) return c.body(text)
    c.header('Content-Encoding', 'br')
    return c.body(compressed)
  })
  return compressed.length
}

// Preloaded into the processes of test files in the place of tsx, which takes every module of every package in hand, too: a third of
// what it costs to load the portal. Plain JavaScript: for a file with types Node would load what strips them, in every process. The
// programs that tests start run as they do elsewhere (decision 50).
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, enableCompileCache, registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')
const cache = join(root, 'node_modules', '.cache')
const kept = join(cache, 'transpiled')
const { imports } = readJson('package.json')
const { version } = readJson('node_modules/esbuild/package.json')
/** `#features/` and its like. */
const ownFolders = new Map(
  Object.entries(imports).map(([name, folder]) => [
    name.slice(0, -1),
    pathToFileURL(`${join(root, folder.slice(0, -1))}/`),
  ]),
)
/** @type {import('esbuild').TransformOptions} */
const options = {
  format: 'esm',
  target: 'esnext',
  sourcemap: 'inline',
  // Node takes the text itself from the file, should it be asked for.
  sourcesContent: false,
  tsconfigRaw: readFileSync(join(root, 'tsconfig.json'), 'utf8'),
}

// Not by --enable-source-maps (decision 50).
process.setSourceMapsEnabled(true)
// Where it cannot make its folder, Node would not come back.
if (isMade(kept)) enableCompileCache(join(cache, 'compiled'))

registerHooks({
  // Named with its ending, a module of ours needs no looking for.
  resolve(specifier, context, nextResolve) {
    const [, own, path = ''] = /^(#\w+[/]|[.]{1,2}[/])(.+[.]tsx?)$/.exec(specifier) ?? []
    const above = own?.startsWith('#')
      ? ownFolders.get(own)
      : context.parentURL && new URL(own ?? '', context.parentURL)
    return own && above ? { url: new URL(path, above).href, shortCircuit: true } : nextResolve(specifier, context)
  },
  load(url, context, nextLoad) {
    if (!/[.]tsx?$/.test(url) || url.includes('/node_modules/')) return nextLoad(url, context)
    return { format: 'module', source: transpile(fileURLToPath(url)), shortCircuit: true }
  },
})

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}

/**
 * Reads what an earlier run has kept of the module, as long as that was made of the same text in the same way.
 *
 * @param {string} path
 */
function transpile(path) {
  const text = readFileSync(path, 'utf8')
  const origin = hash('sha256', JSON.stringify([version, options, path, text]))
  const place = join(kept, hash('sha256', path))
  const found = readIfThere(place)
  if (found?.startsWith(origin)) return found.slice(origin.length)
  const { code } = esbuild().transformSync(text, {
    ...options,
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    sourcefile: path,
  })
  keep(place, origin + code)
  return code
}

/**
 * Loaded only where something is not kept.
 *
 * @returns {typeof import('esbuild')}
 */
function esbuild() {
  return createRequire(import.meta.url)('esbuild')
}

/** @param {string} folder */
function isMade(folder) {
  try {
    mkdirSync(folder, { recursive: true })
    return true
  } catch {
    return false
  }
}

/** @param {string} place */
function readIfThere(place) {
  try {
    return readFileSync(place, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * @param {string} place
 * @param {string} content
 */
function keep(place, content) {
  try {
    // Under another name first: other test files read and write the same ones at once.
    writeFileSync(`${place}-${process.pid}`, content)
    renameSync(`${place}-${process.pid}`, place)
  } catch {
    // Where nothing may be written, every process does the work anew.
  }
}

// Preloaded into the processes of test files in the place of tsx, which takes every module of every package in hand, too: a third of
// what it costs to load the portal. The programs that tests start run as they do elsewhere (decision 5).
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TransformOptions, transformSync, version } from 'esbuild'

const root = join(import.meta.dirname, '..')
const kept = join(root, 'node_modules', '.cache', 'transpiled')
const options: TransformOptions = {
  format: 'esm',
  target: 'esnext',
  sourcemap: 'inline',
  tsconfigRaw: readFileSync(join(root, 'tsconfig.json'), 'utf8'),
}

registerHooks({
  load(url, context, nextLoad) {
    if (!/[.]tsx?$/.test(url) || url.includes('/node_modules/')) return nextLoad(url, context)
    return { format: 'module', source: transpile(fileURLToPath(url)), shortCircuit: true }
  },
})

/** Reads what an earlier run has kept of the module, as long as that was made of the same text in the same way. */
function transpile(path: string): string {
  const text = readFileSync(path, 'utf8')
  const origin = hash('sha256', JSON.stringify([version, options, path, text]))
  const place = join(kept, hash('sha256', path))
  const found = readIfThere(place)
  if (found?.startsWith(origin)) return found.slice(origin.length)
  const { code } = transformSync(text, { ...options, loader: path.endsWith('x') ? 'tsx' : 'ts', sourcefile: path })
  keep(place, origin + code)
  return code
}

function readIfThere(place: string): string | undefined {
  try {
    return readFileSync(place, 'utf8')
  } catch {
    return undefined
  }
}

function keep(place: string, content: string): void {
  try {
    mkdirSync(kept, { recursive: true })
    // Under another name first: other test files read and write the same ones at once.
    writeFileSync(`${place}-${process.pid}`, content)
    renameSync(`${place}-${process.pid}`, place)
  } catch {
    // Where nothing may be written, every process does the work anew.
  }
}

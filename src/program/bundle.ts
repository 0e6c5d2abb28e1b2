import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { AssetFiles } from '#platform/web/asset-files.ts'
import { bundleFrame } from '#sites/frame/bundle.ts'

// node src/program/bundle.ts FOLDER, for bundled.mjs: bundles the program and the command line with the packages that they use.
// Node runs it as it is, so nothing here is JSX.

const root = new URL('../../', import.meta.url)
const here = (path: string): string => fileURLToPath(new URL(path, root))

await bundleInto(process.argv[2] ?? '')

/** When it answers, everything is on the disk. */
async function bundleInto(folder: string): Promise<void> {
  await build({
    entryPoints: { main: here('src/main.ts'), operator: here('src/doors/commands/operator.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: true,
    sourcesContent: false,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'error',
    // Packages that are not modules of ECMAScript require what Node brings.
    banner: { js: `const require=process.getBuiltinModule("node:module").createRequire("${root.href}");` },
    plugins: [leaveNative(), finishFrame(await bundleFrame()), keepPlaces()],
  })
  for (const path of [...readdirSync(folder).map((name) => join(folder, name)), folder]) flush(path)
}

function flush(path: string): void {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}

/** What is no JavaScript stays where it is. */
function leaveNative(): Plugin {
  return {
    name: 'native packages',
    setup({ onResolve }) {
      onResolve({ filter: /^@node-rs[/]argon2$/ }, ({ path }) => ({ path: import.meta.resolve(path), external: true }))
    },
  }
}

/** What the browser gets is bundled here once, and esbuild not loaded any more. */
function finishFrame(files: AssetFiles): Plugin {
  const contents = `export const bundleFrame = async () => (${JSON.stringify(files)})`
  return {
    name: 'finished frame',
    setup({ onLoad }) {
      onLoad({ filter: /[/]src[/]sites[/]frame[/]bundle[.]ts$/ }, () => ({ contents }))
    },
  }
}

/** What our modules read from beside them lies where it did. */
function keepPlaces(): Plugin {
  return {
    name: 'own places',
    setup({ onLoad }) {
      onLoad({ filter: /[/]src[/].+[.]tsx?$/ }, async ({ path }) => {
        const places = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path }
        const text = await readFile(path, 'utf8')
        const contents = Object.entries(places).reduce(
          (changed, [name, place]) => changed.replaceAll(`import.meta.${name}`, JSON.stringify(place)),
          text,
        )
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
      })
    },
  }
}

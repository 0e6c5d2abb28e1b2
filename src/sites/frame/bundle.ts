import { type AssetFiles, bundleAssets } from '#platform/web/asset-files.ts'

/** Bundles what the browser gets of every site: one stylesheet, one script. In a bundled program the answer stands already (program/bundle.ts). */
export function bundleFrame(): Promise<AssetFiles> {
  return bundleAssets({
    stylesheet: new URL('style.css', import.meta.url),
    script: new URL('browser/enhance.ts', import.meta.url),
  })
}

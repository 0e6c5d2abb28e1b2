import { type Assets, bundleAssets } from '#platform/web/assets.ts'

/** Bundles what the browser gets of every site: one stylesheet, one script. */
export function bundleFrame(): Promise<Assets> {
  return bundleAssets({
    stylesheet: new URL('style.css', import.meta.url),
    script: new URL('browser/enhance.ts', import.meta.url),
  })
}

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetFiles } from '#platform/web/asset-files.ts'
import { bundleFrame } from '#sites/frame/bundle.ts'

/** Bundles what the browser gets for all files of a run. */
export async function keepFrame(folder: string): Promise<void> {
  await writeFile(join(folder, 'frame.json'), JSON.stringify(await bundleFrame()))
}

/** What the run has kept, or in a file by itself the same anew. */
export async function readFrame(): Promise<AssetFiles> {
  const { TEST_FOLDER } = process.env
  if (!TEST_FOLDER) return bundleFrame()
  return JSON.parse(await readFile(join(TEST_FOLDER, 'frame.json'), 'utf8')) as AssetFiles
}

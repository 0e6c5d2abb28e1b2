import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, openForm } from '../browser.ts'
import { textOf } from '../drive.ts'
import { type Figure, spread } from '../report.ts'
import { spreadOf } from '../rounds.ts'
import { extensionsOf } from '../world/lines.ts'
import { settingsUrl } from '../world/world.ts'

/** A file of every extension of the large line, with another name for each: brought, tried, and applied by the worker. */
export async function measureSettingsFile(reader: Browser, contract: string): Promise<Figure[]> {
  const tried: number[] = []
  const applied: number[] = []
  const list = `/c/${contract}/extensions.csv`
  const upload = `/c/${contract}/import/extensions`
  for (let round = 0; round < files; round++) {
    const file = renamed(textOf(await reader.get(list)), `${round}`)
    const form = { ...(await openForm(reader, upload)), mode: 'update' }
    let begun = performance.now()
    const { headers } = await reader.sendFile(upload, form, file)
    tried.push((performance.now() - begun) / 1000)
    const path = new URL(headers.location ?? '', settingsUrl).pathname
    const confirmed = await openForm(reader, path)
    begun = performance.now()
    await reader.post(path, confirmed)
    await untilApplied(reader, path)
    applied.push((performance.now() - begun) / 1000)
  }
  const work = `settings site, a file that renames ${extensionsOf.large.toLocaleString('en')} extensions`
  return [
    { work: `${work}, tried`, measured: spread(spreadOf(tried), ' s'), aim: '≤ 5 s' },
    { work: `${work}, applied by the worker`, measured: spread(spreadOf(applied), ' s'), aim: '≤ 10 s' },
  ]
}

const files = 3

/** The second cell of each row is the name. */
function renamed(file: string, name: string): string {
  return file.replaceAll(/^("\d+"),"[^"]*"/gm, `$1,"${name}"`)
}

async function untilApplied(reader: Browser, path: string): Promise<void> {
  const [, contract, id] = /^\/c\/([^/]+)\/imports\/([^/]+)$/.exec(path) ?? []
  for (;;) {
    if (textOf(await reader.get(`/c/${contract}/import-progress?id=${id}`)).includes('"isOver":true')) break
    await wait(100)
  }
  if (!textOf(await reader.get(path)).includes('行を適用しました')) throw new Error('The file was not applied')
}

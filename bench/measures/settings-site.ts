import { performance } from 'node:perf_hooks'
import { type Browser, openBrowser, openForm, openSettings } from '../browser.ts'
import { type Answer, drive, textOf } from '../drive.ts'
import { cpuOf } from '../processes.ts'
import { compare, floorOf, pageOf, readerOf } from '../readers.ts'
import { beside, type Figure, short, spread } from '../report.ts'
import { rounds, spreadOf, type Subject, takeTurns } from '../rounds.ts'
import { logins, readers } from '../world/import-content.ts'
import { extensionsOf, type Lines, makeLines } from '../world/lines.ts'
import { settingsUrl, type World } from '../world/world.ts'
import { measureSettingsFile } from './settings-file.ts'

/** The settings site with a line of twenty thousand extensions, 200 groups and 500 numbers, for somebody who may edit. */
export async function measureSettingsSite(world: World): Promise<Figure[]> {
  const lines = await makeLines(world)
  await world.superuser.query(
    `update user_group_right set level = 'edit' where service_id is null and contract_id is null`,
  )
  const portal = await readerOf(world, readers.all)
  const reader = settingsBrowser(world)
  await openSettings({ portal, settings: reader }, `/c/${lines.large}`)
  const editor = `/c/${lines.large}/groups/${await groupIn(world, lines.large)}`
  const results = await takeTurns([
    floorOf(world),
    ...Object.entries(pathsIn(lines, editor)).map(([name, path]) =>
      pageOf(world, { name, reader, path, port: world.settingsPort, times: 300 }),
    ),
    signingOn(world, await readerOf(world, logins[0] ?? ''), lines.large),
  ])
  const figure = (name: string, aim: string, against = 'floor'): Figure =>
    compare(results, {
      work: `settings site, ${name}${against === 'floor' ? '' : ` against ${against}`}`,
      name,
      against,
      aim,
    })
  return [
    { work: 'floor', measured: '1', aim: '', beside: beside(results.get('floor') ?? []) },
    figure(names.extensions, '≤ 10'),
    figure(names.extensions, '≤ 1.2', names.fewer),
    figure(names.numbers, '≤ 12'),
    figure(names.editor, '≤ 12'),
    ...weigh(textOf(await reader.get(editor))),
    figure(names.top, ''),
    figure(names.signOn, '≤ 3', names.top),
    ...(await measureUndo(world, reader, lines.large)),
    ...(await measureSettingsFile(reader, lines.large)),
  ]
}

const names = {
  extensions: `100 of ${extensionsOf.large.toLocaleString('en')} extensions`,
  fewer: `100 of ${extensionsOf.other.toLocaleString('en')} extensions`,
  numbers: '100 of 500 numbers',
  editor: `editor of a group of ten among ${extensionsOf.large.toLocaleString('en')} extensions`,
  top: 'its first page',
  signOn: 'signing on: 4 requests, the first page included',
}

function pathsIn({ large, other }: Lines, editor: string): Record<string, string> {
  return {
    [names.extensions]: `/c/${large}/extensions?size=100`,
    [names.fewer]: `/c/${other}/extensions?size=100`,
    [names.numbers]: `/c/${large}/numbers?size=100`,
    [names.editor]: editor,
    [names.top]: `/c/${large}`,
  }
}

function settingsBrowser({ settingsPort }: World): Browser {
  return openBrowser(settingsPort, { site: settingsUrl, brotli: true })
}

/** One after another, for a sign-on voids the cookie of the one before; each in a browser that was never there. */
function signingOn(world: World, portal: Browser, contract: string): Subject {
  return {
    name: names.signOn,
    roots: [world.app.pid],
    run: () =>
      drive({ clients: 1, times: 100, atMost: 5000 }, () =>
        openSettings({ portal, settings: settingsBrowser(world) }, `/c/${contract}`),
      ),
  }
}

async function groupIn({ superuser }: World, contract: string): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `select id from pbx.inside_number where contract_id = $1 and kind = 'group' order by number limit 1`,
    [contract],
  )
  return rows[0]?.id ?? ''
}

function weigh(html: string): Figure[] {
  return [
    {
      work: 'weight of the editor, before compression',
      measured: `${short(Buffer.byteLength(html) / 1024)} KB`,
      aim: '≤ 150 KB',
    },
    { work: 'elements of the editor', measured: String(html.match(/<[a-z]/g)?.length ?? 0), aim: '≤ 3,000' },
  ]
}

const undone = 100 // rows
/** In a round. */
const undoings = 20

/** A change of a hundred rows, taken back again and again: the second time what the first took back. */
async function measureUndo(world: World, reader: Browser, contract: string): Promise<Figure[]> {
  const memos = await memosOf(world, contract)
  const numbers = `/c/${contract}/numbers`
  let change = changeIn(await reader.post(numbers, { ...(await openForm(reader, numbers)), ...memos }))
  const times: number[] = []
  const processor: number[] = []
  for (let round = -1; round < rounds; round++) {
    let [waited, worked] = [0, 0]
    for (let time = 0; time < undoings; time++) {
      const path = `/c/${contract}/changes/${change}`
      const form = await openForm(reader, path)
      const [before, begun] = [cpuOf([world.app.pid]), performance.now()]
      change = changeIn(await reader.post(path, form))
      waited += performance.now() - begun
      worked += cpuOf([world.app.pid]) - before
    }
    // The first round warms up.
    if (round < 0) continue
    times.push(waited / undoings)
    processor.push(worked / undoings)
  }
  return [
    {
      work: `settings site, a change of ${undone} rows undone`,
      measured: spread(spreadOf(times), ' ms, the whole request'),
      aim: '≤ 10 ms',
      beside: `${short(spreadOf(processor).median)} ms CPU`,
    },
  ]
}

/** Another memo for each of a hundred numbers. */
async function memosOf({ superuser }: World, contract: string): Promise<Record<string, string>> {
  const { rows } = await superuser.query<{ id: string; target: string; version: number }>(
    'select id, target, version from pbx.external_number where contract_id = $1 order by number limit $2',
    [contract, undone],
  )
  return Object.fromEntries(
    rows.flatMap(({ id, target, version }) => [
      [`target.${id}`, target],
      [`memo.${id}`, '計測'],
      [`was.${id}`, ''],
      [`version.${id}`, String(version)],
    ]),
  )
}

function changeIn({ headers: { location } }: Answer): string {
  const change = new URL(location ?? '', settingsUrl).searchParams.get('changed')
  if (change === null) throw new Error(`Nothing was changed: ${location}`)
  return change
}

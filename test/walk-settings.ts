import type { TestExtension, TestGoal, TestGroup, TestSettings } from './line-settings.ts'

/** What rings when nobody answers, found without any plan: by walking through the settings as a person would. */
export interface Walked {
  rings: { step: number; number: string; from: number; to: number; state: string }[]
  /** Some way, walked or not, leads on deeper than three numbers. */
  isCut: boolean
}

export interface Imagined {
  busy: readonly string[]
  unreachable: readonly string[]
  lastRung: Readonly<Record<string, string>>
}

const deepest = 3

export function walkSettings(settings: TestSettings, goal: TestGoal | undefined, call: Imagined): Walked {
  const walk: Walk = { settings, call, rings: [], step: 0 }
  follow(walk, goal, { depth: 0, second: 0 })
  return { rings: walk.rings, isCut: leadsDeeper(settings, goal, 0) }
}

interface Walk {
  settings: TestSettings
  call: Imagined
  rings: Walked['rings']
  step: number
}

interface At {
  depth: number
  second: number
}

function follow(walk: Walk, to: TestGoal | undefined, { depth, second }: At): void {
  if (!to || depth > deepest) return
  if (to.outside !== undefined || to.voicemail !== undefined) {
    walk.step++
    const state = to.outside === undefined ? 'voicemail' : 'outside'
    const number = to.outside ?? to.voicemail ?? ''
    walk.rings.push({ step: walk.step, number, from: second, to: state === 'outside' ? second + 60 : second, state })
    return
  }
  const { extensions = [], groups = [] } = walk.settings
  const extension = extensions.find(({ number }) => number === to.inside)
  const group = groups.find(({ number }) => number === to.inside)
  if (extension) followExtension(walk, extension, { depth, second })
  else if (group) followGroup(walk, group, { depth, second })
}

/** Rings, or would; answers what became of each. */
function ring(
  walk: Walk,
  numbers: readonly string[],
  { second, seconds }: { second: number; seconds: number },
): string[] {
  const { busy, unreachable } = walk.call
  walk.step++
  return numbers.map((number) => {
    const state = unreachable.includes(number) ? 'unreachable' : busy.includes(number) ? 'busy' : 'rings'
    walk.rings.push({ step: walk.step, number, from: second, to: state === 'rings' ? second + seconds : second, state })
    return state
  })
}

function followExtension(walk: Walk, { number, seconds = 20, isEnabled = true }: TestExtension, at: At): void {
  if (!isEnabled) return
  const { depth, second } = at
  const forwardOn = (condition: string): TestGoal | undefined =>
    walk.settings.forwards?.find((each) => each.extension === number && each.condition === condition)?.to
  const always = forwardOn('always')
  if (always) return follow(walk, always, { depth: depth + 1, second })
  const [state] = ring(walk, [number], { second, seconds })
  if (state === 'rings') follow(walk, forwardOn('no-answer'), { depth: depth + 1, second: second + seconds })
  else follow(walk, forwardOn(state ?? ''), { depth: depth + 1, second })
}

function followGroup(walk: Walk, group: TestGroup, { depth, second }: At): void {
  const { seconds = 15 } = group
  const rings = (number: string): boolean =>
    walk.settings.extensions?.find((each) => each.number === number)?.isEnabled !== false
  const inOrder = group.members
    .filter(({ isPaused }) => !isPaused)
    .map(({ extension }) => extension)
    .filter(rings)
  const last = group.kind === 'even' ? inOrder.indexOf(walk.call.lastRung[group.number] ?? '') : -1
  const members = [...inOrder.slice(last + 1), ...inOrder.slice(0, last + 1)]
  let now = second
  for (const turn of group.kind === 'simultaneous' ? [members] : members.map((number) => [number]))
    if (turn.length > 0 && ring(walk, turn, { second: now, seconds }).includes('rings')) now += seconds
  follow(walk, group.afterwards, { depth: depth + 1, second: now })
}

function leadsDeeper(settings: TestSettings, goal: TestGoal | undefined, depth: number): boolean {
  if (!goal) return false
  if (depth > deepest) return true
  const extension = settings.extensions?.find(({ number }) => number === goal.inside)
  if (extension) {
    if (extension.isEnabled === false) return false
    const own = settings.forwards?.filter((each) => each.extension === extension.number) ?? []
    const always = own.find(({ condition }) => condition === 'always')
    return (always ? [always] : own).some(({ to }) => leadsDeeper(settings, to, depth + 1))
  }
  const group = settings.groups?.find(({ number }) => number === goal.inside)
  return leadsDeeper(settings, group?.afterwards, depth + 1)
}

import type { TestGoal, TestSettings } from './line-settings.ts'

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
  const rings: Walked['rings'] = []
  let step = 0
  const stateOf = (number: string): string =>
    call.unreachable.includes(number) ? 'unreachable' : call.busy.includes(number) ? 'busy' : 'rings'
  const ringing = (numbers: readonly string[], second: number, seconds: number): string[] => {
    step++
    const states = numbers.map(stateOf)
    for (const [at, number] of numbers.entries()) {
      const state = states[at] ?? ''
      rings.push({ step, number, from: second, to: state === 'rings' ? second + seconds : second, state })
    }
    return states
  }

  const walk = (to: TestGoal | undefined, depth: number, second: number): void => {
    if (!to || depth > deepest) return
    if (to.outside !== undefined) {
      step++
      rings.push({ step, number: to.outside, from: second, to: second + 60, state: 'outside' })
      return
    }
    if (to.voicemail !== undefined) {
      step++
      rings.push({ step, number: to.voicemail, from: second, to: second, state: 'voicemail' })
      return
    }
    const extension = settings.extensions?.find(({ number }) => number === to.inside)
    if (extension) {
      if (extension.isEnabled === false) return
      const forwardOn = (condition: string): TestGoal | undefined =>
        settings.forwards?.find((each) => each.extension === extension.number && each.condition === condition)?.to
      const always = forwardOn('always')
      if (always) return walk(always, depth + 1, second)
      const seconds = extension.seconds ?? 20
      const [state] = ringing([extension.number], second, seconds)
      if (state === 'rings') return walk(forwardOn('no-answer'), depth + 1, second + seconds)
      return walk(forwardOn(state ?? ''), depth + 1, second)
    }
    const group = settings.groups?.find(({ number }) => number === to.inside)
    if (!group) return
    const seconds = group.seconds ?? 15
    let members = group.members
      .filter((member) => !member.isPaused)
      .map((member) => member.extension)
      .filter((number) => settings.extensions?.find((each) => each.number === number)?.isEnabled !== false)
    const last = group.kind === 'even' ? members.indexOf(call.lastRung[group.number] ?? '') : -1
    if (last >= 0) members = [...members.slice(last + 1), ...members.slice(0, last + 1)]
    let now = second
    if (group.kind === 'simultaneous') {
      if (members.length > 0 && ringing(members, now, seconds).includes('rings')) now += seconds
    } else {
      for (const number of members) if (ringing([number], now, seconds)[0] === 'rings') now += seconds
    }
    walk(group.then, depth + 1, now)
  }
  walk(goal, 0, 0)
  return { rings, isCut: leadsDeeper(settings, goal, 0) }
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
  return leadsDeeper(settings, group?.then, depth + 1)
}

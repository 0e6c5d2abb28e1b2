import { type Browser, firstStep, openBrowser, openForm, signIn } from '../browser.ts'
import { type Driven, drive, percentile } from '../drive.ts'
import { beside, type Figure, short, spread } from '../report.ts'
import { ratios, type Round, rounds, spreadOf, type Subject, takeTurns } from '../rounds.ts'
import { logins, readers } from '../world/import-content.ts'
import { forgetLogins, password } from '../world/users.ts'
import type { World } from '../world/world.ts'
import { expectOk, floorOf, readerOf } from '../readers.ts'

/** Row 6: what the password step costs beside its hash, and what logins take from everybody else. */
export async function measurePasswordStep(world: World): Promise<Figure[]> {
  await forgetLogins(world.superuser, world.slowHash)
  const forms = await Promise.all(logins.slice(0, 8).map((mail) => filledForm(world, mail)))
  const results = await takeTurns([bareVerify(world), passwordStep(world, forms)])
  const [verify = [], step = []] = results.values()
  return [
    {
      work: 'login, password step',
      measured: spread(ratios(step, verify), ' × the bare argon2id verify'),
      aim: '≤ 1.25',
      beside: `${beside(step)}; bare: ${beside(verify)}`,
    },
    await measureCrowding(world, forms),
  ]
}

interface FilledForm {
  browser: Browser
  form: Record<string, string>
}

async function filledForm({ port }: World, mail: string): Promise<FilledForm> {
  const browser = openBrowser(port)
  const form = await openForm(browser, '/login')
  return { browser, form: { ...form, username: mail, password } }
}

function bareVerify({ floor, floorPort }: World): Subject {
  return {
    name: 'verify',
    roots: [floor.pid],
    run: () => drive({ clients: 2, times: 60, atMost: 8000 }, () => expectOk({ port: floorPort, path: '/verify' })),
  }
}

function passwordStep({ app }: World, forms: readonly FilledForm[]): Subject {
  const work = (_turn: number, client: number): Promise<void> => logIn(forms[client])
  return {
    name: 'password step',
    roots: [app.pid],
    run: () => drive({ clients: 2, times: 60, atMost: 8000 }, work),
  }
}

async function logIn(filled: FilledForm | undefined): Promise<void> {
  if (!filled) throw new Error('More clients than forms')
  await filled.browser.post('/login', filled.form)
}

/** The service menu at a pace a person's browser has, alone and while more logins wait than can be judged. */
async function measureCrowding(world: World, forms: readonly FilledForm[]): Promise<Figure> {
  const headers = (await readerOf(world, readers.all)).headers()
  const menu = (): Promise<Driven> =>
    drive({ clients: 1, times: 400, atMost: 3000 }, () => expectOk({ port: world.port, path: '/services', headers }))
  const alone: number[] = []
  const crowded: number[] = []
  const judged: number[] = []
  await menu()
  for (let round = 0; round < rounds; round++) {
    alone.push(percentile(await menu(), 0.99))
    const saturating = saturate(forms)
    crowded.push(percentile(await menu(), 0.99))
    judged.push(await saturating.end())
  }
  const times = crowded.map((p99, round) => p99 / (alone[round] ?? NaN))
  return {
    work: 'p99 of the service menu while logins saturate',
    measured: spread(spreadOf(times), ' × alone'),
    aim: '≤ 2',
    beside: `alone ${short(spreadOf(alone).median)} ms, with ${forms.length} clients logging in ${short(spreadOf(crowded).median)} ms; ${short(spreadOf(judged).median)} logins a round`,
  }
}

/** Logs in with all clients, each as soon as it can, until told to end; answers how often. */
function saturate(forms: readonly FilledForm[]): { end: () => Promise<number> } {
  const ending = new AbortController()
  const clients = forms.map(async (form) => {
    let times = 0
    for (; !ending.signal.aborted; times++) await logIn(form)
    return times
  })
  return {
    async end() {
      ending.abort()
      return (await Promise.all(clients)).reduce((sum, times) => sum + times, 0)
    },
  }
}

/** Row 7: both steps with their forms, four requests, the hash aside. */
export async function measureBothSteps(world: World): Promise<Figure[]> {
  const { app, port, superuser, quickHash } = world
  const steps: Subject = {
    name: 'both steps',
    roots: [app.pid],
    prepare: () => forgetLogins(superuser, quickHash),
    run: () =>
      drive({ clients: 4, times: logins.length, atMost: 9000 }, (turn) =>
        signIn(openBrowser(port), logins[turn] ?? ''),
      ),
  }
  const first: Subject = {
    ...steps,
    name: 'first step',
    run: () =>
      drive({ clients: 4, times: logins.length, atMost: 9000 }, (turn) =>
        firstStep(openBrowser(port), logins[turn] ?? ''),
      ),
  }
  const results = await takeTurns([floorOf(world), first, steps])
  const of = (name: string): Round[] => results.get(name) ?? []
  return [
    {
      work: 'login by password and TOTP, hash aside: 4 requests',
      measured: spread(ratios(of('both steps'), of('floor')), ' × the floor'),
      aim: '≤ 12.4 (a third of LemonLDAP’s 22–28 ms at a floor of 0.59)',
      beside: beside(of('both steps')),
    },
    {
      work: 'of it the first step: 2 requests',
      measured: spread(ratios(of('first step'), of('floor')), ' × the floor'),
      aim: '',
      beside: beside(of('first step')),
    },
  ]
}

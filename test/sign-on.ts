import type pg from 'pg'
import { paths } from '#sites/settings/paths.ts'
import type { TestDatabase } from './database.ts'
import { type MadeUser, makerOf, signIn } from './make.ts'
import { testPortal, type TestPortal } from './portal.ts'
import { superuserOf } from './superuser.ts'
import type { Answer, TestBrowser } from './test-browser.ts'

/** One person's browser on both sites. */
export interface BothSites {
  portal: TestBrowser
  settings: TestBrowser
}

/** Opens a page of the settings site, by way of the portal where that is asked; answers the last page and the way to it. */
export async function openSettings({ portal, settings }: BothSites, path: string): Promise<Answer & { way: string[] }> {
  const way: string[] = []
  let browser = settings
  let next = path
  for (let steps = 0; steps < 8; steps++) {
    const answer = await browser.get(next)
    if (answer.status !== 303) return { ...answer, way }
    const { origin, pathname, search } = new URL(answer.location, browser.origin)
    way.push(pathname)
    browser = origin === portal.origin.origin ? portal : settings
    next = pathname + search
  }
  throw new Error(`It leads on and on: ${way.join(' ')}`)
}

export const settingsCookies = { session: '__Host-settings-session', verifier: '__Host-settings-sign-on' }

/** A contract, with people who may see it. */
export interface SignOnWorld {
  portal: TestPortal
  admin: pg.Pool
  customerId: string
  serviceId: string
  contract: string
  /** Of the contract's top page. */
  path: string
  userWith(level: 'view' | 'edit'): Promise<MadeUser & { groupId: string }>
  signedIn(user: MadeUser): Promise<BothSites>
}

export async function makeSignOnWorld(database: TestDatabase): Promise<SignOnWorld> {
  const portal = await testPortal(database)
  const make = makerOf(database)
  const customerId = await make.customer()
  const serviceId = await make.service({ name: 'クラウドPBX' })
  const contract = await make.contract({ customerId, serviceId, number: 'N130000007' })
  await make.line({ customerId, contractId: contract })
  return {
    portal,
    admin: superuserOf(database),
    customerId,
    serviceId,
    contract,
    path: paths.top({ contract }),
    async userWith(level) {
      const user = await make.user({ customerId })
      const groupId = await make.group({ customerId, rights: [{ contractId: contract, level }], members: [user.id] })
      return { ...user, groupId }
    },
    signedIn: async (user) => ({ portal: await signIn(portal, user), settings: portal.settingsBrowser() }),
  }
}

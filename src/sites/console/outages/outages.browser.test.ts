import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { consoleApp } from '#sites/console/console.tsx'
import { listen } from '#program/listen.ts'
import { after as later, hours, minutes } from '#platform/time/duration.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import type { Language } from '#platform/words.ts'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { signIn } from '#test/make.ts'
import { openOutageWorld } from '#test/outage-world.ts'
import { signInStaff } from '#test/staff.ts'
import { paths } from '../paths.ts'

const world = await openOutageWorld()
const front = await listen({ host: '127.0.0.1', port: 0 })
const url = new URL(`http://localhost:${front.port}`)
const { program } = world.portal
front.answer(
  consoleApp({ ...program, config: { ...program.config, consoleUrl: url }, database: world.database.staff }, []),
)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await front.drain()
  await world[Symbol.asyncDispose]()
})

const words = {
  add: { ja: '障害・工事を作成する', en: 'Write a fault or works' },
  toAffects: { ja: '影響範囲に進む', en: 'Go on to what it affects' },
  toReach: { ja: '届く範囲を確認する', en: 'See whom it reaches' },
  publish: { ja: '公開する', en: 'Publish' },
  say: { ja: '続報を書く', en: 'Write an update' },
  end: { ja: '終了する', en: 'End it' },
  giveCause: { ja: '原因と対策を書く', en: 'Write cause and remedy' },
  apply: { ja: '変更する', en: 'Apply' },
  reached: { ja: '1件', en: '1' },
  over: { ja: '故障 終了', en: 'Fault ended' },
}

for (const [at, [language, javaScriptEnabled]] of (
  [
    ['ja', true],
    ['en', false],
  ] as const
).entries())
  test(`a fault from its draft to its cause, with two updates, in ${language}, with${javaScriptEnabled ? '' : 'out'} scripts`, async () => {
    const context = await openContext(language, javaScriptEnabled)
    const page = await context.newPage()
    const walk = walkOn(page, { language, javaScriptEnabled })
    const title = `発着信ができない ${language}`
    const number = world.acme.numbers[at] ?? ''
    await page.goto(new URL(paths.outages, url).href)
    await walk.look()
    await walk.follow('add')
    await page.fill('[name=titleJa]', title)
    await page.fill('[name=titleEn]', `No calls ${language}`)
    await page.fill('[name=startsAt]', wall(-hours))
    await page.fill('[name=nextUpdateAt]', wall(hours))
    await walk.press('toAffects')
    await page.fill('[name=contracts]', 'N-NONE')
    await walk.press('toReach')
    assert.match(await page.locator('#error-summary').innerText(), /N-NONE/)
    await walk.look()
    await page.fill('[name=contracts]', number)
    await walk.press('toReach')
    assert.match(await page.locator('dd b').first().innerText(), new RegExp(`^${words.reached[language]}`))
    await walk.press('publish')
    await world.spread()
    await sayTwice(page, walk)
    await endWithCause(page, walk, language)
    await expectRead({ language, title: language === 'ja' ? title : `No calls ${language}` })
    await context.close()
  })

async function sayTwice(page: Page, walk: Walk): Promise<void> {
  for (const [step, text] of [
    ['investigating', '原因を調べています。'],
    ['recovering', '装置を交換しています。'],
  ] as const) {
    await walk.follow('say')
    await page.selectOption('[name=step]', step)
    await page.fill('[name=textJa]', text)
    await page.fill('[name=textEn]', `In English: ${step}`)
    await page.fill('[name=nextUpdateAt]', wall(hours))
    await walk.press('publish')
    await world.spread()
  }
  assert.equal(await page.locator('.timeline > li').count(), 3)
}

async function endWithCause(page: Page, walk: Walk, language: Language): Promise<void> {
  await walk.follow('end')
  await page.fill('[name=endsAt]', wall(0))
  await walk.press('end')
  world.portal.advance(minutes)
  await world.spread()
  await page.reload()
  assert.match(await page.locator('.page-heading-lead').innerText(), new RegExp(words.over[language]))
  await walk.follow('giveCause')
  await page.fill('[name=causeJa]', '電源装置の故障')
  await page.fill('[name=causeEn]', 'A power supply failed.')
  await walk.press('apply')
  await world.spread()
}

/** What the clock of staff says so many milliseconds from now. */
function wall(milliseconds: number): string {
  return wallClockOf(later(program.now(), milliseconds), 'Asia/Tokyo')
}

async function openContext(language: Language, javaScriptEnabled: boolean): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: language === 'ja' ? 'ja-JP' : 'en-GB', javaScriptEnabled })
  const member = await world.make.staff({ roles: ['content'] })
  const { cookies } = await signInStaff(world.portal, member)
  // Secure cookies are taken from a secure address only; where they go, the port and the scheme do not matter.
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: `https://${url.hostname}` })))
  return context
}

interface Walk {
  look: () => Promise<void>
  follow: (link: keyof typeof words) => Promise<void>
  press: (button: keyof typeof words) => Promise<void>
}

/** Goes on by what stands on the page, and looks at each page as everybody must be able to. */
function walkOn(page: Page, { language, javaScriptEnabled }: { language: Language; javaScriptEnabled: boolean }): Walk {
  const look = async (): Promise<void> => {
    assert.equal(await page.locator('html').getAttribute('lang'), language)
    // Without scripts nothing in the page can be looked at by axe.
    if (!javaScriptEnabled) return
    await expectNoAxeFindings(page)
    await expectNothingWiderThan(page, 390)
  }
  const go = async (role: 'link' | 'button', name: keyof typeof words): Promise<void> => {
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('main').getByRole(role, { name: words[name][language], exact: true }).first().click(),
    ])
    await look()
  }
  return { look, follow: (link) => go('link', link), press: (button) => go('button', button) }
}

/** What somebody of the customer reads in the end, and was mailed. */
async function expectRead({ language, title }: { language: Language; title: string }): Promise<void> {
  const customers = await signIn(world.portal, world.acme.reader, world.portal.browser({ language }))
  const list = (await customers.get('/incidents?phase=over')).body
  const [, incident = ''] = new RegExp(`href="(/incidents/[0-9a-f-]{36})">${title}<`).exec(list) ?? []
  const { body } = await customers.get(incident)
  const said =
    language === 'ja'
      ? ['原因を調べています。', '装置を交換しています。', '電源装置の故障']
      : ['In English: investigating', 'In English: recovering', 'A power supply failed.']
  for (const each of said) assert(body.includes(each), each)
  const kinds = (await world.told(world.acme.reader)).filter(({ incident: of }) => incident.endsWith(of))
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['opened', 'ended'],
  )
}

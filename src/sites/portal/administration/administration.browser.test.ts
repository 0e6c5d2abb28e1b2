import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { administratorLabels, groupLabels, rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import type { Phrase } from '#platform/words.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { sendNotice } from '#test/first-login.ts'
import { expectGood, type GoodPage } from '#test/good-page.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { enterPassword } from '#test/sign-in.ts'
import { openSite } from '#test/site.ts'
import { variants } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'
import type { Route } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'
import { viewingsTitle } from '../viewings/words.ts'

// Every page for administrators that no walk through the guide passes, in the state that the one before it leaves behind.

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const { portal } = site
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

interface World {
  administrator: MadeUser
  /** By their states. */
  users: Record<'active' | 'suspended' | 'awaiting' | 'locked', MadeUser>
  groupId: string
}

async function makeWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const serviceId = await make.service({ name: 'クラウドPBX' })
  await make.contract({ customerId, serviceId })
  const [active, suspended, awaiting, locked] = [
    await make.user({ customerId, name: '佐藤 花子' }),
    await make.user({ customerId, state: 'suspended' }),
    await make.user({ customerId, state: 'awaiting-registration' }),
    await make.user({ customerId }),
  ]
  await signIn(portal, active)
  await sendNotice(database, portal, awaiting)
  for (let i = 0; i < 6; i++) await enterPassword(portal, locked, { typed: `wrong password ${i}` })
  const members = [active.id, administrator.id]
  const groupId = await make.group({ customerId, name: '総務部', members, rights: [{ serviceId, level: 'edit' }] })
  return { administrator, users: { active, suspended, awaiting, locked }, groupId }
}

interface Seen extends GoodPage {
  path: string
  /** Presses the last button of the page's form. */
  sends?: true
}

const called = (ja: string, en: string): Phrase => ({ ja, en })

function pagesOf({ users, groupId }: World): Seen[] {
  const of = (path: Route<'id'>, state: keyof World['users'] = 'active'): string => path({ id: users[state].id })
  const group = (path: Route<'id'>): string => path({ id: groupId })
  const { active } = users
  const selected = (task: string): string => hrefOf(paths.selectedUsers, { task, from: groupId })
  const mail = called('メールアドレスの変更', 'Change the email address')
  const add = { title: groupLabels.addPage, path: paths.addUserGroup }
  const rights = { title: rightLabels.page, path: group(paths.setGroupRights) }
  const pages: Omit<Seen, 'name'>[] = [
    { title: userLabels.addPage, path: `${paths.addUser}?from=${active.id}` },
    { title: mail, path: of(paths.userMail) },
    { title: mail, path: of(paths.userMail), sends: true, hasProblems: true },
    { title: called('第2段階認証のリセット', 'Reset the second step'), path: of(paths.resetFactor) },
    ...accessPagesOf(active),
    { title: called('ユーザーの再開', 'Resume the user'), path: of(paths.resumeUser, 'suspended') },
    { title: called('案内メールの再送', 'Send the opening notice again'), path: of(paths.resendNotice, 'awaiting') },
    { title: called('ロックの解除', 'Unlock the user'), path: of(paths.unlockUser, 'locked') },
    { title: called('期限切れの全員への再送', 'Send new URLs'), path: paths.resendExpired },
    {
      title: called('ユーザーグループからの取り外し', 'Take users out of a group'),
      path: selected('take-out-of-group'),
    },
    { title: called('ユーザーの削除', 'Delete users'), path: selected('delete') },
    { title: called('このURLは使用できません', 'This URL cannot be used'), path: `${paths.confirmMail}?key=x` },
    { title: userLabels.list, path: `${paths.users}?q=nobody` },
    { ...add, sends: true, hasProblems: true },
    { title: called('ユーザーグループの編集', 'Edit the user group'), path: group(paths.editUserGroup) },
    { title: called('ユーザーグループの複製', 'Duplicate the user group'), path: group(paths.copyUserGroup) },
    {
      title: called('グループから外すユーザーの確認', 'Take users out of the group'),
      path: group(paths.takeOutGroupMembers),
    },
    rights,
    { title: called('権限の変更の反映', 'Put the changes of rights into force'), path: group(paths.applyGroupRights) },
    { title: called('権限の変更の破棄', 'Discard the changes of rights'), path: group(paths.discardGroupRights) },
  ]
  return pages.map((page) => ({ ...page, name: `${page.path}${page.sends ? ', sent' : ''}` }))
}

/** Who has logged in, who is logged in, and what is set about it. */
function accessPagesOf({ id, name }: MadeUser): Omit<Seen, 'name'>[] {
  const { accessHistory } = administratorLabels
  return [
    { title: accessHistory, path: paths.accessHistory },
    { title: accessHistory, path: `${paths.accessHistory}?user=${id}&event=locked&q=x` },
    { title: called('ログイン中のユーザー', 'Users who are logged in'), path: paths.openSessions },
    { title: called('ログイン中のユーザー', 'Users who are logged in'), path: paths.openSessions },
    { title: viewingsTitle, path: paths.viewings },
    { title: administratorLabels.twoStepSkip, path: paths.trustedBrowsers },
    { title: administratorLabels.twoStepSkip, path: paths.trustedBrowsers, sends: true },
    { title: administratorLabels.twoStepSkip, path: paths.trustUsers },
    { title: called('スキップ中のブラウザ', 'Browsers that skip the second step'), path: paths.ownTrusted },
    { title: administratorLabels.sessionTimeout, path: paths.idleTimes },
    { title: administratorLabels.sessionTimeout, path: paths.idleTimes, sends: true },
    { title: administratorLabels.sessionTimeout, path: paths.userIdleTimes },
    { title: administratorLabels.sessionTimeout, path: paths.userIdleTimes, sends: true, hasProblems: true },
    { title: called('セッションタイムアウト', 'Session timeout'), path: paths.ownIdleTime },
    { title: administratorLabels.accessRules, path: paths.addressLimits },
    { title: administratorLabels.accessRules, path: paths.addressLimits, sends: true },
    { title: administratorLabels.accessRules, path: paths.limitedUsers },
    {
      title: called('ユーザーごとの制限の変更', 'Change who is restricted'),
      path: hrefOf(paths.setLimitedUsers, { to: 'limited', users: id }),
    },
    { title: called('強制ログアウト', 'Log users out'), path: hrefOf(paths.endOpenSessions, { all: 'others' }) },
    { title: called('強制ログアウト', 'Log the user out'), path: paths.signOutUser({ id }) },
    { title: called(name, name), path: paths.signOutUser({ id }), sends: true },
  ]
}

for (const variant of variants) {
  const { language, width, colorScheme } = variant
  test(`pages for administrators in ${language}, ${width}, ${colorScheme}`, async () => {
    const world = await makeWorld()
    const { locale } = signInWords[language]
    const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } })
    context.setDefaultTimeout(10_000)
    await lendSignIn(site, world.administrator, context)
    const page = await context.newPage()
    await stageRights(page, world)
    await tick(page, paths.users, [world.users.active, world.users.awaiting])
    await tick(page, paths.userGroup({ id: world.groupId }), [world.users.active])
    for (const seen of pagesOf(world)) {
      await page.goto(new URL(seen.path, site.url).href)
      if (seen.sends) await send(page)
      await expectGood(page, seen, variant)
    }
    await context.close()
  })
}

/** Something chosen and not applied. */
async function stageRights(page: Page, { groupId }: World): Promise<void> {
  await page.goto(new URL(paths.setGroupRights({ id: groupId }), site.url).href)
  await page.locator('main [type=radio]').nth(1).check()
  await send(page)
}

async function tick(page: Page, list: string, users: readonly MadeUser[]): Promise<void> {
  await page.goto(new URL(list, site.url).href)
  for (const { mail } of users) await page.getByRole('checkbox', { name: mail }).check()
  // Whatever leads to another part of the list keeps what is ticked.
  await Promise.all([page.waitForEvent('load'), page.locator('.chip, .list-filter-keyword button').first().click()])
}

async function send(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.locator('main form .button').last().click()])
}

import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { paths } from '#sites/portal/paths.ts'
import { type Answer, hiddenFields, type TestBrowser } from './test-browser.ts'

/** Fields of a form, a name as often as it stands. */
export type Filled = Record<string, string | readonly string[]>

/** What an administrator fills in for somebody. */
export const somebody: Filled = {
  name: '新人 一郎',
  kana: 'しんじん いちろう',
  phone: '03-0000-0000',
  secondFactor: 'mail-otp',
  role: 'general-user',
  mailLanguage: 'ja',
  timeZone: 'Asia/Tokyo',
  jobTitle: '主任',
  mobilePhone: '',
  comment: '受付の担当',
  notification: 'no',
}

/** Posts a form as it stands at the path, with these fields and no others but the hidden ones. */
export async function postFilled(browser: TestBrowser, path: string, filled: Filled): Promise<Answer> {
  const page = await browser.get(path)
  const { token = '', version, users, loaded } = hiddenFields(page.body, path.split('?')[0] ?? path)
  return browser.send(
    path,
    entriesOf({
      token,
      ...(version && { version }),
      ...(users && { users }),
      ...(loaded && { loaded }),
      ...filled,
    }),
  )
}

/** Ticks these users in a list of users, and no others. */
export async function tickUsers(browser: TestBrowser, list: string, ids: readonly string[]): Promise<void> {
  const { token = '' } = hiddenFields((await browser.get(list)).body, list)
  await browser.send(list, entriesOf({ token, to: 'none' }))
  await browser.send(list, entriesOf({ token, user: ids, to: list }))
}

/** Ticks users; answers where it is asked about them as these fields of the address say, such as `task`. */
export async function selectUsers(
  browser: TestBrowser,
  ids: readonly string[],
  question: Record<string, string>,
): Promise<string> {
  await tickUsers(browser, paths.users, ids)
  return hrefOf(paths.selectedUsers, question)
}

export function entriesOf(filled: Filled): [string, string][] {
  return Object.entries(filled).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each]))
}

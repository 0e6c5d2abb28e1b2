import assert from 'node:assert/strict'
import { paths } from '#sites/portal/paths.ts'
import type { MadeUser } from './make.ts'
import { type Answer, hiddenFields, type TestBrowser } from './test-browser.ts'

/** What an administrator does about 「アクセス制限設定」. */

/** Where browsers of tests are, unless told. */
export const inside = '192.0.2.1'
export const outside = '198.51.100.9'

/** Applies a list, switched on unless told. */
export async function apply(browser: TestBrowser, list: string, more: Record<string, string> = {}): Promise<Answer> {
  return browser.post(paths.addressLimits, { isOn: 'on', list, task: 'apply', ...more })
}

/** Posts the form of an address with a query. */
export async function postAt(
  browser: TestBrowser,
  address: string,
  values: Record<string, string> = {},
): Promise<Answer> {
  const { body } = await browser.get(address)
  return browser.send(address, { ...hiddenFields(body, address.split('?')[0] ?? ''), ...values })
}

/** Limits these users, and confirms it. */
export async function limit(browser: TestBrowser, ...users: MadeUser[]): Promise<void> {
  const query = users.length > 0 ? `users=${users.map(({ id }) => id).join('.')}` : 'all=true'
  const begun = await postAt(browser, `${paths.setLimitedUsers}?to=limited&${query}`)
  assert.equal(begun.location, paths.limitedUsers)
  await confirm(browser)
}

export const confirm = (browser: TestBrowser): Promise<Answer> =>
  browser.post(paths.confirmAddressTrial, {}, { from: paths.addressLimits })
export const undo = (browser: TestBrowser): Promise<Answer> =>
  browser.post(paths.endAddressTrial, {}, { from: paths.addressLimits })

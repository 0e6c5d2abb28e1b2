import { createHmac } from 'node:crypto'
import { openBrowser } from '/tmp/wt/review/test/browser.ts'
const base = 'http://localhost:4730'
const browser = await openBrowser()
const context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 900 } })
const page = await context.newPage()
await page.goto(base + '/login')
await page.fill('input[name=username]', 'yamada@example.co.jp')
await page.fill('input[name=password]', 'Portal-demo-2026')
await Promise.all([page.waitForURL(/second-step/), page.locator('main form .button').last().click()])
await new Promise((r) => setTimeout(r, 2500))
const mail = await context.newPage()
await mail.goto(base + '/demo/mailbox')
let text = await mail.locator('body').innerText()
let code = /\b(\d{6})\b/.exec(text)?.[1]
if (!code) { await mail.locator('main a').first().click(); text = await mail.locator('body').innerText(); code = /\b(\d{6})\b/.exec(text)?.[1] }
console.log('code', code)
await page.getByLabel('認証コード（6桁の数字）', { exact: true }).fill(code!)
await Promise.all([page.waitForURL((u) => !/second-step/.test(u.href)), page.getByRole('button', { name: 'ログインする', exact: true }).click()])
console.log(page.url())
const shots: [string, string][] = [['menu', '/administration'], ['users', '/access-review'], ['groups', '/access-review/groups'], ['rights', '/access-review/rights'], ['report', '/access-review/report'], ['closed', '/access-review/closed'], ['close', '/access-review/close'], ['before', '/access-review?on=2020-01-31']]
for (const width of [1280, 390]) {
  await page.setViewportSize({ width, height: 900 })
  for (const [name, path] of shots) {
    await page.goto(base + path)
    await page.screenshot({ path: `/tmp/review-${name}-${width}.png`, fullPage: true })
  }
  await page.goto(base + '/access-review/closed')
  await page.locator('main tbody a').first().click()
  await page.waitForLoadState()
  await page.screenshot({ path: `/tmp/review-one-${width}.png`, fullPage: true })
}
await page.emulateMedia({ media: 'print' })
await page.setViewportSize({ width: 1000, height: 900 })
await page.goto(base + '/access-review/report')
await page.screenshot({ path: `/tmp/review-print.png`, fullPage: true })
await browser.close()

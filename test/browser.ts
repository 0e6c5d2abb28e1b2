import assert from 'node:assert/strict'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { unpackChromium } from './chromium.ts'

/** A headless Chromium with Japanese glyphs, closed by `await using`; the machine's own where CHROMIUM gives its path. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM
  const { executablePath, env } = own ? { executablePath: own, env: {} } : await unpackChromium()
  // Without a sandbox, Playwright's default: root has none, and only our own pages are opened.
  return chromium.launch({ executablePath, env: { ...definedEnvironment(), ...env } })
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** WCAG 2.2 A and AA, and axe's own advice. */
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Fails with the rule, its explanation and the elements of everything axe finds on the page as it stands. */
export async function expectNoAxeFindings(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const options = JSON.stringify({ runOnly: axeTags, resultTypes: ['violations'] })
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${options})`)
  const findings = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  )
  assert.ok(findings.length === 0, `axe finds on ${page.url()}:\n${findings.join('\n')}`)
}

/** Fails where the page at this width, in CSS pixels, scrolls sideways (WCAG 1.4.10); what scrolls within itself is allowed. */
export async function expectNothingWiderThan(page: Page, width: number): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize({ width, height: before?.height ?? 720 })
  const [pageWidth, wide] = await page.evaluate<[number, string[]]>(findWide)
  if (before) await page.setViewportSize(before)
  assert.ok(pageWidth <= width, `${page.url()} is ${pageWidth} wide at ${width}:\n  ${wide.join('\n  ')}`)
}

/** Runs in the page, hence text: the page's width, and the innermost elements that reach out of the window. */
const findWide = `(() => {
  const root = document.documentElement
  const reachesOut = (element) => {
    const { left, right } = element.getBoundingClientRect()
    return Math.max(right, left + element.scrollWidth) > root.clientWidth
  }
  const wide = [...document.body.querySelectorAll('*')].filter(reachesOut)
  const innermost = wide.filter((element) => ![...element.children].some(reachesOut))
  return [root.scrollWidth, innermost.map((element) => element.cloneNode().outerHTML)]
})()`

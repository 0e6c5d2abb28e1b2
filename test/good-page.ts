import assert from 'node:assert/strict'
import type { ConsoleMessage, Page } from 'playwright-core'
import type { Language, Phrase } from '#platform/words.ts'
import { expectNoAxeFindings, expectNothingWiderThan } from './browser.ts'

export interface GoodPage {
  /** For whoever reads the failure. */
  name: string
  title: Phrase
  /** Shows what is wrong with what was entered. */
  hasProblems?: true
}

/** In its language, with its title, and good for whoever sees, hears or enlarges it. */
export async function expectGood(
  page: Page,
  { name, title, hasProblems }: GoodPage,
  { language }: { language: Language },
): Promise<void> {
  const words = {
    ja: { site: 'ビジネスポータル', between: '｜', problem: 'エラー：' },
    en: { site: 'Business Portal', between: ' | ', problem: 'Error: ' },
  }[language]
  const own = title[language] && title[language] + words.between
  assert.equal(await page.title(), `${hasProblems ? words.problem : ''}${own}${words.site}`, name)
  assert.equal(await page.locator('html').getAttribute('lang'), language, name)
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, name)
  await expectNoAxeFindings(page)
  await expectNothingWiderThan(page, 320)
  if (language === 'en') return
  // WCAG 1.4.4: text at twice its size.
  await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
  await expectNothingWiderThan(page, 1280)
  await page.evaluate(`document.documentElement.style.fontSize = ''`)
}

/** Chromium complains of every page that is not 200, and of the icon that an operator without a logo does not have. */
export function isComplaint(message: ConsoleMessage): boolean {
  const { url: about } = message.location()
  const isKnown = about === message.page()?.url() || about.endsWith('/favicon.ico')
  return message.type() === 'error' && !(isKnown && message.text().startsWith('Failed to load resource'))
}

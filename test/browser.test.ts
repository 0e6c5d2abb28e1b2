import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from './browser.ts'

test('a page under our policy is judged by axe and at 320 pixels', async () => {
  await using site = await serve('<h1>利用者</h1><p>良い頁</p>')
  await using browser = await openBrowser()
  const page = await browser.newPage()
  await page.goto(site.url)
  await expectNoAxeFindings(page)
  await expectNothingWiderThan(page, 320)
  assert.deepEqual(page.viewportSize(), { width: 1280, height: 720 })
})

test('what is wrong with a page is named', async () => {
  await using site = await serve(
    '<h1>利用者</h1><img src="/x"><p class="wide"><pre>ああああああああああああああああああああああああああああああああ</pre>',
  )
  await using browser = await openBrowser()
  const page = await browser.newPage()
  await page.goto(site.url)
  await assert.rejects(expectNoAxeFindings(page), /image-alt: .*\n {2}<img src="\/x">/)
  await assert.rejects(expectNothingWiderThan(page, 320), /wide at 320:\n {2}<pre>/)
})

test('Japanese is drawn, not replaced by one and the same box', async () => {
  await using browser = await openBrowser()
  const page = await browser.newPage()
  const drawn = await Promise.all(['窓', '口', '髙', '①', '※'].map((sign) => draw(page, sign)))
  const missing = await draw(page, '\u{10FFFD}')
  assert.equal(new Set([...drawn, missing]).size, 6)
})

/** The sign's picture, as base64. */
function draw(page: Page, sign: string): Promise<string> {
  return page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')
    pen.font = '40px sans-serif'
    pen.fillText('${sign}', 10, 60)
    return canvas.toDataURL()
  })()`)
}

async function serve(main: string): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-security-policy', "default-src 'self'; script-src 'self'; style-src 'self'")
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="ja"><title>窓口</title><main>${main}</main></html>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address && typeof address === 'object')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

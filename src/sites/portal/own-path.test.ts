import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { runs } from '#test/many-runs.ts'
import { patternOf } from '#platform/web/paths.ts'
import { ownPath, pagePaths } from './paths.ts'
import { portalPages } from './portal.tsx'

test('our own paths lead where they say', () => {
  for (const path of Object.values(pagePaths)) {
    const address = patternOf(path).replaceAll(/:\w+/g, 'x')
    assert.equal(ownPath(address), address)
  }
})

const queries = [
  '?',
  '?size=50&page=2',
  '?q=a+b',
  '?q=%E6%9D%B1%E4%BA%AC',
  '?q=03-0000-2001,N123456789&sort=-state',
  '?q=!$&()*+,;=:@/?-._~',
  '?from=2026-11-22T14:02+09:00',
  '?q=//evil.example',
]
for (const query of queries)
  test(`the query ${query} stays with its page`, () => {
    assert.equal(ownPath(`/services${query}`), `/services${query === '?' ? '' : query}`)
  })

test('only what can be looked at may be led to', () => {
  const looked = portalPages.filter(({ kind }) => kind === 'page').map(({ path }) => path)
  assert.deepEqual(Object.values(pagePaths).map(patternOf).toSorted(), looked.toSorted())
})

const elsewhere = [
  '',
  'services',
  '//evil.example',
  '///evil.example',
  '////evil.example/services',
  '//evil.example/services',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/\n/evil.example',
  '/%09/evil.example',
  '/%2f%2fevil.example',
  '/%5cevil.example',
  '/..//evil.example',
  '/services/..//evil.example',
  '/.//evil.example',
  '/./\\evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://evil.example/services',
  'HTTPS://evil.example/services',
  'javascript:alert(1)',
  'data:text/html,x',
  'user@evil.example',
  '/@evil.example',
  '//portal@evil.example/services',
  '/services@evil.example',
  '/services\r\nSet-Cookie: a=b',
  '/services#//evil.example',
  '/services;//evil.example',
  '/services?q=<b>',
  '/services?q="',
  '/services?q=a b',
  '/services?q=%zz',
  '/services?q=\\',
  '/services?q=東京',
  '/services?q=a#b',
  '/logout',
  '/session',
  '/brand/logo',
  '/demo/mailbox',
  '/nowhere',
  '/nowhere/services',
  '/services\u0000',
  '/\u2028/evil.example',
  '／／evil.example',
  '/login/../../evil',
]
for (const address of elsewhere)
  test(`${JSON.stringify(address)} leads nowhere`, () => {
    assert.equal(ownPath(address), undefined)
  })

test('whatever comes out stays on the site and is one of our pages', () => {
  const bit = fc.constantFrom(
    '/',
    '//',
    '\\',
    '.',
    '..',
    '%2f',
    '%5c',
    '@',
    ':',
    '?',
    '#',
    'services',
    'login',
    'evil.example',
  )
  const address = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.array(bit, { maxLength: 8 }).map((bits) => bits.join('')),
  )
  const pages = Object.values(pagePaths).map((path) => new URLPattern({ pathname: patternOf(path) }))
  fc.assert(
    fc.property(address, (given) => {
      const path = ownPath(given)
      if (path === undefined) return
      const url = new URL(path, 'https://portal.example.jp')
      assert.equal(url.origin, 'https://portal.example.jp')
      assert.ok(
        pages.some((page) => page.test({ pathname: url.pathname })),
        path,
      )
    }),
    { numRuns: runs({ usual: 2_000, many: 200_000 }) },
  )
})

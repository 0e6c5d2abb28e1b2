import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from 'preact-render-to-string'
import type { Level } from '#features/rights/level.ts'
import { EffectiveRight } from './effective-right.tsx'

const cases: [service: Level | null, view: number, edit: number, said: string][] = [
  [null, 2, 1, '権限なし契約ごと：参照のみ 2件、参照・編集 1件'],
  [null, 0, 1, '権限なし契約ごと：参照・編集 1件'],
  ['view', 2, 1, '参照のみサービスごと契約ごと：参照・編集 1件'],
  ['edit', 2, 1, '参照・編集サービスごと'],
  [null, 0, 0, '権限なし'],
]
for (const [service, view, edit, said] of cases)
  test(`a service with ${service ?? 'no right'} and ${view} + ${edit} contracts of their own says 「${said}」`, () => {
    const html = render(<EffectiveRight given={{ all: null, service }} language="ja" view={view} edit={edit} />)
    assert.equal(html.replaceAll(/<[^>]*>/g, ''), said)
  })

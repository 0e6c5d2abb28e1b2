import { Hono } from 'hono'
import type { Actor, Context } from '#features/actor.ts'
import { type Contract, findContract } from '#features/contracts/find.ts'
import { setMemo } from '#features/contracts/set-memo.ts'
import { contractMemo, longestMemo } from '#features/contracts/values.ts'
import { enterFence } from '#features/sessions/fence.ts'
import { openSession } from '#features/sessions/open.ts'
import { endOf, extendSession, noteUse } from '#features/sessions/use.ts'
import type { Visitor } from '#platform/context.ts'
import { isId, rowVersion } from '#platform/form.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { typed } from '#platform/values.ts'
import { defineSite, type SitePath } from '#platform/web/define-site.ts'
import { ownPathIn } from '#platform/web/own-path.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { definePaths } from '#platform/web/paths.ts'
import type { Bindings, Frame, FrameContent, Program, SiteFrame } from '#platform/web/site.ts'
import type { Language } from '#platform/words.ts'
import { Document } from '#sites/frame/document.tsx'
import { visitorTimeZone } from '#sites/frame/time-zone.ts'

/** A second site, as small as one can be: its pages are about one contract each, which stands in the address. */

export const secondPaths = definePaths({
  welcome: '/',
  memo: '/c/:contract/memo',
  session: '/session',
  extendSession: '/session/extend',
})

interface Audiences {
  anybody: Visitor
  user: Context
  contract: Context & { contract: Contract }
}

export const secondSite = defineSite<Actor, Audiences>({
  name: 'second',
  home: '/',
  front: '/',
  ownPath: ownPathIn(secondPaths),
  urlIn: ({ settingsUrl }) => settingsUrl,
  formTargets: ({ portalUrl }) => [portalUrl],
  timeZone: visitorTimeZone,
  session: {
    open: openSession,
    endOf,
    extend: extendSession,
    async noteUse(tx, actor, now) {
      await enterFence(tx, actor.customer.id)
      await noteUse(tx, actor, now)
    },
  },
  toSignIn: ({ query, settings: { portalUrl } }) =>
    redirect(new URL('/login', portalUrl).href, { cookies: [{ name: 'return', value: query.get('return') ?? '/' }] }),
  audiences: {
    anybody: (visitor) => ({ ctx: visitor }),
    user: (visitor, actor) => (actor ? { ctx: { ...visitor, actor } } : 'sign-in'),
    async contract(visitor, actor, { asked, method }) {
      if (!actor) return 'sign-in'
      const { contract: id = '' } = asked.params
      const contract = isId(id) ? await findContract({ ...visitor, actor }, id) : undefined
      if (!contract) return 'not-found'
      return method === 'POST' && !contract.mayEdit ? 'forbidden' : { ctx: { ...visitor, actor, contract } }
    },
  },
  frameOf,
})

function frameOf({ assets }: Program): SiteFrame<Actor> {
  const document =
    (language: Language, actor?: Actor): Frame =>
    ({ title, main, notice, tokenFor }: FrameContent) => (
      <Document language={language} title={title} assets={assets} frame="visitor">
        <header>
          {actor?.name}
          <Form form={{ action: secondPaths.extendSession, token: tokenFor(secondPaths.extendSession) }} layout="plain">
            <Button>{words.extend[language]}</Button>
          </Form>
        </header>
        {notice && <p role="status">{notice}</p>}
        <main>{main}</main>
      </Document>
    )
  return {
    load: async ({ language }, actor) => document(language, actor),
    bare: (language) => document(language),
    error: ({ status }) => ({ title: String(status), main: <h1>{status}</h1> }),
  }
}

const words = {
  extend: { ja: '延長', en: 'Extend' },
  welcome: { ja: 'ようこそ', en: 'Welcome' },
  title: { ja: 'メモの編集', en: 'Edit the memo' },
  memo: { ja: 'メモ', en: 'Memo' },
  version: { ja: '版', en: 'Version' },
  apply: { ja: '適用する', en: 'Apply' },
  done: { ja: 'メモを変更しました。', en: 'The memo was changed.' },
  conflict: { ja: '同じメモが変更されています。', en: 'The same memo was changed.' },
}

const welcomePage = secondSite.page({
  path: secondPaths.welcome,
  allow: 'anybody',
  words,
  load: async () => null,
  title: ({ words: text }) => text.welcome,
  view: ({ words: text }) => <PageHeading heading={text.welcome} />,
})

const memoPage = secondSite.page({
  path: secondPaths.memo,
  allow: 'contract',
  words,
  load: async ({ contract }) => contract,
  form: {
    memo: { label: words.memo, value: typed(contractMemo) },
    version: { label: words.version, value: rowVersion },
  },
  initial: ({ memo, version }) => ({ memo, version: String(version) }),
  async submit(ctx, { data: contract, input, words: text, asked: { params } }) {
    const saved = await setMemo(ctx, contract, input)
    if (!saved.ok) return problemAt('memo', text.conflict, saved)
    return redirect(secondPaths.memo(params), { notice: text.done })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: contract, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <PageHeading heading={text.title} lead={contract.number} />
      {contract.mayEdit && (
        <Form form={form} layout="page">
          <input type="hidden" name="version" value={contract.version} />
          <TextField form={form} name="memo" label={text.memo} language={language} most={longestMemo} />
          <Button>{text.apply}</Button>
        </Form>
      )}
    </>
  ),
})

export function secondApp(program: Program, more: readonly SitePath<Actor>[] = []): Hono<Bindings> {
  const session = secondSite.session({ allow: 'user', state: secondPaths.session, extend: secondPaths.extendSession })
  return secondSite.app(program, [welcomePage, memoPage, ...session, ...more], new Hono())
}

import type { Hono } from 'hono'
import type { Context } from '../context.ts'
import type { ListKind } from '../list/define-list.ts'
import type { Words } from '../words.ts'
import { type ConfirmationPage, pageOfConfirmation } from './confirmation.ts'
import { type Download, filesAt, papersOf } from './download.ts'
import { carryingLoaded } from './meanwhile.ts'
import { filesOfList } from './list-file.ts'
import { pageOfList } from './list-page.ts'
import type { ListData, ListPage, ListWords } from './list.ts'
import { mostBytesOf } from './form-input.ts'
import { type Action, type Answer, type FormFields, type Page, type Picture, redirect } from './page.ts'
import { type AnyPath, patternOf } from './paths.ts'
import { lookedAt } from './only-looks.ts'
import { actionOn, answerOn, pictureOn, sendToAction } from './serve-action.ts'
import { downloadOn } from './serve-download.ts'
import { paperOn } from './serve-paper.tsx'
import { storedFileOn } from './serve-stored-file.ts'
import { pageOn, sendToPage } from './serve-page.ts'
import type { Handler, SendForm, WholeSite } from './serve.ts'
import type { StoredFile } from './stored-file.ts'
import { siteApp } from './site-app.ts'
import { siteOf } from './site-of.ts'
import type { Admit, Bindings, ConfirmationStart, Program, Sessions, SignedIn, SiteDefinition } from './site.ts'

/** What stands in a site's table of contents. */
export interface SitePath<Actor extends SignedIn> {
  /** As a pattern: `/orders/:id`. */
  path: string
  allow: string
  /** `page`: to be looked at. `action`: the target of a button. `answer`: for scripts. `download`: a file, or rows on paper. `picture`: an image. */
  kind: 'page' | 'action' | 'answer' | 'download' | 'picture'
  methods: readonly ('GET' | 'POST')[]
  handlerOn: (site: WholeSite<Actor>) => Handler
  /** Of its form, which is sent with a file. */
  mostBytes?: number
  /** What is posted to it may come from anywhere. */
  isOneClick?: true
  /** What is critical: does it with a form that was kept. */
  sendKept?: SendForm<Actor>
  /** Where the second factor is shown for it. */
  confirmation?: ConfirmationStart<Actor>
}

/** The audiences of a site whose people are signed in. */
type SignedInAudience<Actor, Contexts> = {
  [Name in keyof Contexts]: Contexts[Name] extends Context<Actor> ? Name : never
}[keyof Contexts] &
  string

interface SessionPaths<Audience> {
  allow: Audience
  state: string
  extend: string
}

/** What pages are made by. In each, `allow` comes first, because the rest follows from it. */
export interface PageKit<Actor extends SignedIn, Contexts> {
  page: <
    A extends keyof Contexts & string,
    W extends Words,
    Data,
    F extends FormFields = Record<string, never>,
    Prepared = undefined,
    Name extends string = never,
  >(
    page: Page<Contexts[A], A, W, Data, F, Prepared, Name>,
  ) => SitePath<Actor>
  /** A page of a list; and, where it says `csv`, its files, and all of it on paper. */
  list: <
    A extends SignedInAudience<Actor, Contexts>,
    W extends Words & ListWords,
    K extends ListKind,
    Data extends ListData<K> = ListData<K>,
    F extends FormFields = Record<string, never>,
    Name extends string = never,
  >(
    list: ListPage<Contexts[A], A, W, K, Data, F, Name>,
  ) => readonly SitePath<Actor>[]
  /** The target of a button. */
  action: <A extends keyof Contexts & string, W extends Words, F extends FormFields = Record<string, never>>(
    action: Action<Contexts[A], A, W, F>,
  ) => SitePath<Actor>
  /** What a script of ours asks for. */
  answer: <A extends keyof Contexts & string, W extends Words>(answer: Answer<Contexts[A], A, W>) => SitePath<Actor>
  /** Rows as a file; where it is CSV, also as a workbook. */
  download: <A extends keyof Contexts & string, W extends Words>(
    download: Download<Contexts[A], A, W>,
  ) => readonly SitePath<Actor>[]
  /** An image behind the login. */
  picture: <A extends keyof Contexts & string, Name extends string = never>(
    picture: Picture<Contexts[A], A, Name>,
  ) => SitePath<Actor>
  /** A file behind the login, as it was brought. */
  storedFile: <A extends keyof Contexts & string, Name extends string = never>(
    file: StoredFile<Contexts[A], A, Name>,
  ) => SitePath<Actor>
  /** Where the second factor is shown once more, before what is critical; a site has one, or nothing critical. */
  confirmation: <A extends SignedInAudience<Actor, Contexts>, W extends Words, Factor, F extends FormFields>(
    confirmation: ConfirmationPage<Contexts[A], A, W, Factor, F> & ConfirmationStart<Actor>,
  ) => SitePath<Actor>
}

/** What the pages of a site are made by, and the site of them. */
export interface SiteKit<Actor extends SignedIn, Contexts> extends PageKit<Actor, Contexts> {
  /** What the script of the session's warning asks: when it ends, and that it may go on. */
  session: (paths: SessionPaths<SignedInAudience<Actor, Contexts>>) => readonly [SitePath<Actor>, SitePath<Actor>]
  /** The site as one function of requests. `more` answers beside its pages. */
  app: (program: Program, pages: readonly SitePath<Actor>[], more: Hono<Bindings>) => Hono<Bindings>
}

/** Makes a site of what tells it from others. */
export function defineSite<Actor extends SignedIn, Contexts>(
  definition: SiteDefinition<Actor, Contexts>,
): SiteKit<Actor, Contexts> {
  const { audiences, session } = definition
  const kit: SiteKit<Actor, Contexts> = {
    ...definePages<Actor, Contexts>(audiences),
    session: (paths) => sessionPaths(kit, session, paths),
    app(program, pages, more) {
      const site = siteOf(definition, program, pages)
      const endpoints = pages.map(({ handlerOn, ...page }) => ({ ...page, handler: handlerOn(site) }))
      return siteApp(site, { endpoints, more })
    },
  }
  return kit
}

/** Makes what pages are made by that may stand on several sites, as those of a login do: who may come in is the same on each. */
export function definePages<Actor extends SignedIn, Contexts>(
  audiences: SiteDefinition<Actor, Contexts>['audiences'],
): PageKit<Actor, Contexts> {
  const kit: PageKit<Actor, Contexts> = {
    page: (page) => pagePath(carryingLoaded(page), lookedAt(audiences[page.allow], page)),
    list: (list) => [
      kit.page(pageOfList(list)),
      ...filesOfList(list).flatMap((file) => kit.download(file)),
      ...paperPaths(list, lookedAt(audiences[list.allow], { isFile: true })),
    ],
    action: (action) => ({
      ...pathOf(action, 'action', ['POST']),
      handlerOn: (site) => actionOn(site, action, lookedAt(audiences[action.allow], action)),
      ...(action.critical && { sendKept: sendToAction(action, audiences[action.allow]) }),
    }),
    answer: (answer) => ({
      ...pathOf(answer, 'answer', ['GET']),
      handlerOn: (site) => answerOn(site, answer, audiences[answer.allow]),
    }),
    download: (download) => filePaths(download, lookedAt(audiences[download.allow], { isFile: true })),
    picture: (picture) => picturePath(picture, audiences[picture.allow]),
    storedFile: (file) => ({
      ...pathOf(file, 'download', ['GET']),
      handlerOn: (site) => storedFileOn(site, file, lookedAt(audiences[file.allow], { isFile: true })),
    }),
    confirmation: ({ begin, ...confirmation }) => ({
      ...kit.page(pageOfConfirmation(confirmation)),
      confirmation: { path: confirmation.path, begin },
    }),
  }
  return kit
}

function pagePath<Actor extends SignedIn, C, W extends Words, D, F extends FormFields, P, N extends string>(
  page: Page<C, string, W, D, F, P, N>,
  admit: Admit<Actor, C>,
): SitePath<Actor> {
  const mostBytes = mostBytesOf(page.form)
  return {
    ...pathOf(page, 'page', page.submit || page.critical ? ['GET', 'POST'] : ['GET']),
    handlerOn: (site) => pageOn(site, page, admit),
    ...(page.critical && { sendKept: sendToPage(page, admit) }),
    ...(mostBytes !== undefined && { mostBytes }),
    ...(page.isOneClick && { isOneClick: true }),
  }
}

function filePaths<Actor extends SignedIn, C, W extends Words>(
  download: Download<C, string, W>,
  admit: Admit<Actor, C>,
): SitePath<Actor>[] {
  return filesAt(download).map(({ path, kind }) => ({
    ...pathOf({ ...download, path }, 'download', ['GET']),
    handlerOn: (site) => downloadOn(site, download, { kind, admit }),
  }))
}

function paperPaths<
  Actor extends SignedIn,
  C,
  W extends Words & ListWords,
  K extends ListKind,
  D extends ListData<K>,
  F extends FormFields,
  N extends string,
>(list: ListPage<C, string, W, K, D, F, N>, admit: Admit<Actor, C>): SitePath<Actor>[] {
  return papersOf(list).map((path) => ({
    ...pathOf({ ...list, path }, 'download', ['GET']),
    handlerOn: (site) => paperOn(site, list, admit),
  }))
}

function picturePath<Actor extends SignedIn, C, N extends string>(
  picture: Picture<C, string, N>,
  admit: Admit<Actor, C>,
): SitePath<Actor> {
  return { ...pathOf(picture, 'picture', ['GET']), handlerOn: (site) => pictureOn(site, picture, admit) }
}

function sessionPaths<Actor extends SignedIn, Contexts>(
  { answer, action }: SiteKit<Actor, Contexts>,
  { endOf, extend }: Sessions<Actor>,
  paths: SessionPaths<SignedInAudience<Actor, Contexts>>,
): readonly [SitePath<Actor>, SitePath<Actor>] {
  // The type of `allow` lets only audiences in that have an actor.
  const contextOf = (ctx: unknown): Context<Actor> => ctx as Context<Actor>
  const { allow } = paths
  return [
    answer({
      path: paths.state,
      allow,
      words: {},
      isUse: false,
      load: async (ctx) => ({ endsAt: endOf(contextOf(ctx).actor).getTime() }),
    }),
    action({
      path: paths.extend,
      allow,
      words: {},
      back: paths.state,
      async submit(ctx) {
        await extend(contextOf(ctx))
        return redirect(paths.state)
      },
    }),
  ]
}

function pathOf<Kind extends SitePath<never>['kind']>(
  { path, allow }: { path: AnyPath; allow: string },
  kind: Kind,
  methods: SitePath<never>['methods'],
) {
  return { path: patternOf(path), allow, kind, methods }
}

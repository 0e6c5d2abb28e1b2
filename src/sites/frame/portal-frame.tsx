import type { ComponentChildren, JSX } from 'preact'
import type { FormView } from '#platform/form.ts'
import { zoneLabel } from '#platform/time/format.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { SessionWarning, type SessionWarningProps } from '#platform/ui/layout/session-warning.tsx'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { BrandMark, type Brand, type FrameLink } from './brand.tsx'
import { Footer, LanguageLink, mainId, SkipLink } from './frame-parts.tsx'
import { siteLabels } from './guide-labels.ts'
import { Navigation, type NavigationLink, type SideNavigation, type SupportLink } from './navigation.tsx'

export interface FrameCustomer {
  name: string
  logo?: { path: string; width: number; height: number } | undefined
}

export interface FrameUser {
  name: string
  links: readonly FrameLink[]
  signOut: Pick<FormView, 'action' | 'token'>
}

export interface PortalFrameProps {
  language: Language
  now: Date
  /** The reader's, by its IANA name. */
  timeZone: string
  brand: Brand
  homePath: string
  /** This page in the other language. */
  languageHref: string
  /** Absent: there is nothing to search yet. */
  searchPath?: string | undefined
  /** What can be searched for; absent: what customers can. */
  searchHint?: Phrase | undefined
  customer: FrameCustomer
  user: FrameUser
  tabs: readonly NavigationLink[]
  side: SideNavigation
  supportLinks: readonly SupportLink[]
  opinionPath?: string | undefined
  session: Omit<SessionWarningProps, 'language' | 'now' | 'signOut'>
  /** Faults that concern the reader. */
  alerts?: ComponentChildren
  /** What the last action did. */
  notice?: ComponentChildren
  children: ComponentChildren
}

const words = {
  menu: { ja: 'メニュー', en: 'Menu' },
  search: { ja: '検索', en: 'Search' },
  searchLabel: { ja: 'ポータル内を検索する', en: 'Search the portal' },
  searchButton: { ja: '検索する', en: 'Search' },
  account: { ja: 'のアカウントメニューを開く', en: ': open account menu' },
  signOut: { ja: 'ログアウトする', en: 'Log out' },
  zone: { ja: '時刻の表示：', en: 'Times shown in ' },
  limit: {
    ja: (minutes: number) => `操作がない状態が${minutes}分続くとログアウトします`,
    en: (minutes: number) => `You are logged out after ${minutes} minutes without activity`,
  },
}

/** Round every page after login. */
export function PortalFrame(props: PortalFrameProps): JSX.Element {
  const { language, now, brand, session } = props
  const text = inLanguage(words, language)
  return (
    <>
      <Header {...props} />
      <Navigation {...props} />
      {props.alerts}
      <main class="main" id={mainId} tabIndex={-1}>
        {props.notice}
        {props.children}
      </main>
      <Footer language={language} brand={brand} opinionPath={props.opinionPath}>
        <p>{`${text.zone}${zoneLabel(props.timeZone, language, now)}`}</p>
        <p>{text.limit(session.idleMinutes)}</p>
      </Footer>
      <SessionWarning language={language} now={now} signOut={props.user.signOut} {...session} />
    </>
  )
}

function Header(props: PortalFrameProps): JSX.Element {
  const { language, searchPath } = props
  const text = inLanguage(words, language)
  return (
    <header class="site-header">
      <SkipLink language={language} />
      <button class="header-tool header-tool-stacked menu-button" type="button" popovertarget="navigation">
        <Icon name="menu" />
        <span>{text.menu}</span>
      </button>
      <BrandMark language={language} brand={props.brand} href={props.homePath} />
      <CustomerMark {...props.customer} />
      {searchPath !== undefined && <SiteSearch language={language} path={searchPath} hint={props.searchHint} />}
      <div class="header-tools">
        {searchPath !== undefined && (
          <a class="header-tool header-tool-stacked search-link" href={searchPath}>
            <Icon name="search" />
            <span>{text.search}</span>
          </a>
        )}
        <LanguageLink language={language} href={props.languageHref} class="header-tool language-in-header" />
        <AccountMenu language={language} user={props.user} />
      </div>
    </header>
  )
}

/** In CSS pixels. */
const roomForLogo = { width: 160, height: 32 }

function CustomerMark({ name, logo }: FrameCustomer): JSX.Element {
  return <span class="customer-mark">{logo === undefined ? name : <CustomerLogo name={name} {...logo} />}</span>
}

type CustomerLogoProps = { name: string } & NonNullable<FrameCustomer['logo']>

/** A customer's own logo as large as it stands in the header. */
export function CustomerLogo({ name, path, width, height }: CustomerLogoProps): JSX.Element {
  const scale = Math.min(roomForLogo.width / width, roomForLogo.height / height, 1)
  return <img src={path} alt={name} width={Math.round(width * scale)} height={Math.round(height * scale)} />
}

interface SiteSearchProps {
  language: Language
  path: string
  hint?: Phrase | undefined
}

function SiteSearch({ language, path, hint = siteLabels.search }: SiteSearchProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <form class="site-search" role="search" action={path}>
      <label class="visually-hidden" for="site-search">
        {text.searchLabel}
      </label>
      <input id="site-search" name="q" type="search" placeholder={hint[language]} />
      <button type="submit">
        <Icon name="search" />
        <span class="visually-hidden">{text.searchButton}</span>
      </button>
    </form>
  )
}

function AccountMenu({ language, user }: { language: Language; user: FrameUser }): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <>
      <button class="header-tool header-tool-stacked" type="button" popovertarget="account-menu">
        <Icon name="user" />
        <span class="header-tool-name">{user.name}</span>
        <span class="visually-hidden">{text.account}</span>
      </button>
      <div class="account-menu" id="account-menu" popover="auto">
        <LinkList items={user.links.map(({ label, href }) => ({ label: label[language], href }))} />
        <Form form={user.signOut} layout="plain">
          <Button kind="quiet" wide>
            {text.signOut}
          </Button>
        </Form>
      </div>
    </>
  )
}

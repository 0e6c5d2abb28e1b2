import type { JSX } from 'preact'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Dot } from '#platform/ui/text/status.tsx'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import type { FrameLink } from './brand.tsx'
import { LanguageLink } from './frame-parts.tsx'

export interface NavigationLink extends FrameLink {
  /** `page`: this very page; `section`: this page lies below it. */
  current?: 'page' | 'section' | undefined
}

export interface SupportLink extends NavigationLink {
  /** Unread things behind it. */
  unread?: number | undefined
}

export interface NavigationCategory {
  name: Phrase
  services: readonly NavigationService[]
}

export interface NavigationService extends NavigationLink {
  /** Contracts in trouble. */
  troubles?: number | undefined
}

/** Beside the page: the services that the reader has, or the pages of an area such as the profile. */
export type SideNavigation =
  | { kind: 'services'; categories: readonly NavigationCategory[]; below?: readonly FrameLink[] | undefined }
  | { kind: 'area'; parts: readonly NavigationPart[]; back?: FrameLink | undefined }

export interface NavigationPart {
  heading: Phrase
  links: readonly NavigationLink[]
}

export interface NavigationProps {
  language: Language
  languageHref: string
  tabs: readonly NavigationLink[]
  side: SideNavigation
  supportLinks: readonly SupportLink[]
}

const words = {
  main: { ja: 'メイン', en: 'Main' },
  services: { ja: 'ご契約中のサービス', en: 'Your services by category' },
  noServices: { ja: '参照できるサービスはありません。', en: 'There are no services you can view.' },
  support: { ja: 'サポート', en: 'Support' },
  faults: { ja: '故障 ', en: 'faults: ' },
  faultsAfter: { ja: '件', en: '' },
  unread: { ja: '件の未読', en: ' unread' },
  close: { ja: '閉じる', en: 'Close' },
}

/** Opened by the menu button on phones; on wide screens its three parts stand in the frame. */
export function Navigation({ language, languageHref, tabs, side, supportLinks }: NavigationProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <div id="navigation" popover="auto">
      <p class="navigation-close">
        <button class="header-tool" type="button" popovertarget="navigation" popovertargetaction="hide">
          <Icon name="close" />
          {text.close}
        </button>
      </p>
      <nav class="main-tabs" aria-label={text.main}>
        <ul>{tabs.map((tab) => navigationItem(tab, language))}</ul>
      </nav>
      {side.kind === 'services' ? (
        <ServiceTree language={language} {...side} />
      ) : (
        <AreaLinks language={language} {...side} />
      )}
      {supportLinks.length > 0 && (
        <nav class="support-links" aria-label={text.support}>
          <ul>
            {supportLinks.map(({ label, href, current, unread }) => (
              <li key={href}>
                <a href={href} aria-current={current === 'section' ? 'true' : current}>
                  {label[language]}
                  {Boolean(unread) && <Dot count={unread ?? 0} after={text.unread} />}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <p class="language-in-navigation">
        <LanguageLink language={language} href={languageHref} class="header-tool" />
      </p>
    </div>
  )
}

interface ServiceTreeProps {
  language: Language
  categories: readonly NavigationCategory[]
  below?: readonly FrameLink[] | undefined
}

function ServiceTree({ language, categories, below = [] }: ServiceTreeProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <nav class="side-tree" aria-label={text.services}>
      {categories.length === 0 && <p>{text.noServices}</p>}
      {categories.map(({ name, services }, index) => (
        <>
          <h2 id={`category-${index}`}>{name[language]}</h2>
          <ul aria-labelledby={`category-${index}`}>{services.map((service) => navigationItem(service, language))}</ul>
        </>
      ))}
      {below.map(({ label, href }) => (
        <p key={href}>
          <a href={href}>{label[language]}</a>
        </p>
      ))}
    </nav>
  )
}

interface AreaLinksProps {
  language: Language
  parts: readonly NavigationPart[]
  back?: FrameLink | undefined
}

function AreaLinks({ language, parts, back }: AreaLinksProps): JSX.Element {
  return (
    <nav class="side-tree" aria-label={parts.map(({ heading }) => heading[language]).join(' ')}>
      {back && (
        <p>
          <a class="link-with-icon" href={back.href}>
            <Icon name="left" />
            {back.label[language]}
          </a>
        </p>
      )}
      {parts.map(({ heading, links }, index) => (
        <>
          <h2 id={`area-${index}`}>{heading[language]}</h2>
          <ul aria-labelledby={`area-${index}`}>{links.map((link) => navigationItem(link, language))}</ul>
        </>
      ))}
    </nav>
  )
}

function navigationItem({ label, href, current, troubles }: NavigationService, language: Language): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <li key={href}>
      <a href={href} aria-current={current === 'section' ? 'true' : current}>
        {label[language]}
        {Boolean(troubles) && (
          <Dot kind="trouble" count={troubles ?? 0} before={text.faults} after={text.faultsAfter} />
        )}
      </a>
    </li>
  )
}

import type { ComponentChildren, JSX } from 'preact'
import { Icon } from '#platform/ui/text/icon.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import type { Brand } from './brand.tsx'
import { siteLabels } from './guide-labels.ts'

const words = {
  skip: { ja: '本文へ移動する', en: 'Skip to main content' },
}

export const mainId = 'main'

export function SkipLink({ language }: { language: Language }): JSX.Element {
  return (
    <a class="skip-link" href={`#${mainId}`}>
      {inLanguage(words, language).skip}
    </a>
  )
}

export interface LanguageLinkProps {
  language: Language
  /** This page in the other language. */
  href: string
  class: string
}

/** In the language that it leads to. */
export function LanguageLink({ language, href, class: look }: LanguageLinkProps): JSX.Element {
  const other = language === 'ja' ? 'en' : 'ja'
  return (
    <a class={look} href={href} lang={other} hreflang={other}>
      <Icon name="globe" />
      {other === 'en' ? 'English' : '日本語'}
    </a>
  )
}

export interface FooterProps {
  language: Language
  brand: Brand
  /** Where one says what one thinks of this page. */
  opinionPath?: string | undefined
  /** What stands at the end. */
  children: ComponentChildren
}

export function Footer({ language, brand, opinionPath, children }: FooterProps): JSX.Element {
  return (
    <footer class="site-footer">
      {opinionPath !== undefined && <a href={opinionPath}>{siteLabels.opinion[language]}</a>}
      {brand.footerLinks.map(({ label, href }) => (
        <a href={href} key={href}>
          {label[language]}
        </a>
      ))}
      <div class="site-footer-own">{children}</div>
    </footer>
  )
}

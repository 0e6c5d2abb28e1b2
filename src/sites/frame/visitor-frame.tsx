import type { ComponentChildren, JSX } from 'preact'
import { classNames } from '#platform/ui/theme/class-names.ts'
import type { Language } from '#platform/words.ts'
import { BrandMark, type Brand } from './brand.tsx'
import { Footer, LanguageLink, mainId, SkipLink } from './frame-parts.tsx'

export interface VisitorFrameProps {
  language: Language
  brand: Brand
  homePath: string
  /** This page in the other language. */
  languageHref: string
  opinionPath?: string | undefined
  size?: 'normal' | 'wide' | 'extra' | undefined
  children: ComponentChildren
}

/** Round the pages that need no login. */
export function VisitorFrame({ language, brand, size, children, ...props }: VisitorFrameProps): JSX.Element {
  return (
    <>
      <header class="site-header">
        <SkipLink language={language} />
        <BrandMark language={language} brand={brand} href={props.homePath} />
        <div class="header-tools">
          <LanguageLink language={language} href={props.languageHref} class="header-tool" />
        </div>
      </header>
      <main class={classNames('main', size && `main-${size}`)} id={mainId} tabIndex={-1}>
        {children}
      </main>
      <Footer language={language} brand={brand} opinionPath={props.opinionPath}>
        {brand.operatorName[language] && <>© {brand.operatorName[language]}</>}
      </Footer>
    </>
  )
}

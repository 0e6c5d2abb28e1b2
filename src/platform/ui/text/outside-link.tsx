import type { ComponentChildren, JSX } from 'preact'
import { inLanguage, type Language } from '../../words.ts'
import { Icon } from './icon.tsx'

const words = {
  outside: {
    ja: '（ポータルの外のサイトを新しいタブで開きます）',
    en: ' (opens a site outside the portal in a new tab)',
  },
}

/** Leaves the portal, and says so: by a mark to the eye, in words to who does not see it. */
export function OutsideLink({
  language,
  href,
  children,
}: {
  language: Language
  href: string
  children: ComponentChildren
}): JSX.Element {
  return (
    <a class="outside-link" href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <Icon name="outside" />
      <span class="visually-hidden">{inLanguage(words, language).outside}</span>
    </a>
  )
}

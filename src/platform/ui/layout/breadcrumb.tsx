import type { JSX } from 'preact'
import { inLanguage, type Language } from '../../words.ts'

const words = {
  name: { ja: 'パンくず', en: 'Breadcrumb' },
}

export interface BreadcrumbProps {
  language: Language
  /** From the top down to the parent; a phone shows the parent only. */
  trail: readonly BreadcrumbLink[]
  current: string
}

export interface BreadcrumbLink {
  label: string
  href: string
}

export function Breadcrumb({ language, trail, current }: BreadcrumbProps): JSX.Element {
  return (
    <nav class="breadcrumb" aria-label={inLanguage(words, language).name}>
      <ol>
        {trail.map(({ label, href }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
        <li>
          <span aria-current="page">{current}</span>
        </li>
      </ol>
    </nav>
  )
}

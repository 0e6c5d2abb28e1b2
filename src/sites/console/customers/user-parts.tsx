import type { JSX } from 'preact'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import type { SeenUser } from './see-user.ts'

const words = { find: { ja: 'お客様を探す', en: 'Find a customer' } }

interface Trail extends SeenUser {
  language: Language
  /** A page below the user's. */
  current?: string
}

export function UserTrail({ customer, user, language, current }: Trail): JSX.Element {
  const trail = [
    { label: inLanguage(words, language).find, href: paths.search },
    { label: customer.name, href: paths.customer({ id: customer.id }) },
    ...(current ? [{ label: user.name, href: paths.user({ customer: customer.id, id: user.id }) }] : []),
  ]
  return <Breadcrumb language={language} trail={trail} current={current ?? user.name} />
}

import type { JSX } from 'preact'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { profileWords } from './links.ts'

/** Above each page below the profile. */
export function ProfileBreadcrumb({ language, current }: { language: Language; current: string }): JSX.Element {
  const profile = { label: profileWords.profile[language], href: paths.profile }
  return <Breadcrumb language={language} trail={[profile]} current={current} />
}

import type { JSX } from 'preact'
import type { Member } from '#features/staff/members.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import type { Language, Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'

const list: Phrase = { ja: '担当者', en: 'Staff' }

interface MemberTrailProps {
  language: Language
  current: string
  /** Of a page below the member's. */
  member?: Member
}

export function MemberTrail({ language, current, member }: MemberTrailProps): JSX.Element {
  const trail = [
    { label: list[language], href: paths.members },
    ...(member ? [{ label: member.name, href: paths.member({ id: member.id }) }] : []),
  ]
  return <Breadcrumb language={language} trail={trail} current={current} />
}

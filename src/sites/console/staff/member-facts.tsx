import type { Member } from '#features/staff/members.ts'
import type { Fact } from '#platform/ui/layout/facts.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { rolesInWords } from '../role-words.ts'
import { MemberState } from './member-state.tsx'

const words = {
  number: { ja: '番号', en: 'Number' },
  phone: { ja: '電話番号', en: 'Phone number' },
  roles: { ja: '役割', en: 'Roles' },
  state: { ja: '状態', en: 'State' },
  last: { ja: '最終ログイン', en: 'Last login' },
  none: { ja: 'なし', en: 'None' },
}

/** What is known of a member, beside name and address. */
export function memberFacts(member: Member, { timeZone: zone, language, now }: Reader): Fact[] {
  const text = inLanguage(words, language)
  const { lastSignInAt } = member
  return [
    { term: text.number, value: <span class="number">{member.number}</span> },
    { term: text.roles, value: rolesInWords(member.roles, language) },
    { term: text.state, value: <MemberState state={member.state} language={language} /> },
    { term: text.phone, value: <span class="number">{member.phone}</span> },
    {
      term: text.last,
      value: lastSignInAt ? <Time at={lastSignInAt} zone={zone} language={language} now={now} /> : text.none,
    },
  ]
}

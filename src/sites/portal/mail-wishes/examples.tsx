import type { JSX } from 'preact'
import { orderEmail } from '#features/told/order.email.ts'
import { toldEmail } from '#features/told/told.email.ts'
import { Section } from '#platform/ui/layout/section.tsx'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  heading: { ja: '送られる例', en: 'An example' },
  when: {
    ja: '故障は、発生・続報・復旧のときにお送りします。続報は10分に1通までです。工事は、予定・日時の変更・前日・中止のときに、予定表に入れられるファイルを添えてお送りします。お申し込みは、進捗状況か提供予定日が変わったとき、開通案内があるときにお送りします。',
    en: 'Of a fault you are told when it begins, how it goes on (at most every 10 minutes), and when it is over. Of works: when they are planned, moved, about to begin or cancelled, with a file for your calendar. Of an order: when its progress or delivery date changes, and when there is an opening notice.',
  },
}

const began = new Date('2026-11-22T00:05:00Z')
const wishes = 'https://portal.example.jp/profile/mails'
const exampleOrder = {
  code: 'A-2026-000001',
  title: { ja: '内線10番号の追加', en: 'Ten more extensions' },
  state: 'constructing' as const,
  service: { ja: 'クラウドPBX', en: 'Cloud PBX' },
  contract: 'N000000000',
  deliveryOn: '2026-12-10',
  hasOpening: false,
}

/** What a mail looks like: made by what makes the real ones. */
export function MailExamples({ language }: { language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  const fault = toldEmail(language, {
    kind: 'opened',
    subject: {
      code: 'F-2026-0001',
      kind: 'fault',
      title: { ja: '発着信ができない', en: 'Calls cannot be made or received' },
      startsAt: began,
      endsAt: null,
      expectedEndAt: null,
      nextUpdateAt: new Date('2026-11-22T01:30:00Z'),
      cause: null,
      said: { step: 'investigating', text: { ja: '原因を調査しています。', en: 'We are looking for the cause.' } },
    },
    user: { numbers: ['N000000000'], contracts: 1 },
    timeZone: 'Asia/Tokyo',
    page: 'https://portal.example.jp/incidents/…',
    wishes,
  })
  const order = orderEmail(language, { order: exampleOrder, page: 'https://portal.example.jp/orders/…', wishes })
  return (
    <Section heading={text.heading}>
      <p>{text.when}</p>
      {[fault, order].map(({ subject, text: body }) => (
        <details key={subject}>
          <summary>{subject}</summary>
          <p class="mail-text">{body}</p>
        </details>
      ))}
    </Section>
  )
}

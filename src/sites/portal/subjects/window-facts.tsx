import type { JSX } from 'preact'
import type { ContactWindow } from '#features/operators/window.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { OutsideLink } from '#platform/ui/text/outside-link.tsx'
import { inLanguage, type Language, type Words } from '#platform/words.ts'

export const windowWords = {
  window: { ja: '窓口', en: 'Desk' },
  phone: { ja: '電話番号', en: 'Phone number' },
  hours: { ja: '受付時間', en: 'Hours' },
  web: { ja: 'Webからのお問い合わせ', en: 'On the web' },
  form: { ja: 'お問い合わせフォーム', en: 'Contact form' },
  formOf: { ja: (name: string) => `（${name}）`, en: (name: string) => ` (${name})` },
} satisfies Words

/** One window: what it is called, and how it is reached. */
export function WindowFacts({ window, language }: { window: ContactWindow; language: Language }): JSX.Element {
  const text = inLanguage(windowWords, language)
  const { name, phone, hours, url } = window
  return (
    <Facts
      facts={[
        { term: text.window, value: name[language] },
        ...(phone ? [{ term: text.phone, value: <PhoneLink phone={phone} /> }] : []),
        ...(hours ? [{ term: text.hours, value: hours[language] }] : []),
        ...(url
          ? [
              {
                term: text.web,
                value: (
                  <OutsideLink language={language} href={url}>
                    {text.form}
                  </OutsideLink>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

/** As people write it; a telephone takes its digits alone. */
export function PhoneLink({ phone }: { phone: string }): JSX.Element {
  return (
    <a class="number" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
      {phone}
    </a>
  )
}

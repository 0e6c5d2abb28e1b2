import { menuLabels } from '#apps/frame/guide-labels.ts'
import { Card, CardGrid } from '#platform/ui/card.tsx'
import { PageHeading } from '#platform/ui/page-heading.tsx'
import { Section } from '#platform/ui/section.tsx'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'
import { administrationLinks } from './links.ts'

const words = {
  title: menuLabels.forAdministrators,
  lead: {
    ja: '御社のポータル管理者の方だけが開くことのできる画面です。',
    en: 'Only the portal administrators of your company can open this page.',
  },
}

/** ポータル管理者向け */
export const administrationPage = portalPage({
  path: paths.administration,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: async () => ({}),
  title: ({ words: text }) => text.title,
  view: ({ words: text, reader: { language } }) => (
    <>
      <PageHeading heading={text.title} lead={text.lead} />
      {administrationLinks.map(({ heading, links }) => (
        <Section heading={heading[language]} key={heading.ja}>
          <CardGrid>
            {links.map((link) => (
              <Card key={link.href} heading={link.label[language]} href={link.href} icon={link.icon}>
                {link.text[language]}
              </Card>
            ))}
          </CardGrid>
        </Section>
      ))}
    </>
  ),
})

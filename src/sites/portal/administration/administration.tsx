import { menuLabels } from '#sites/frame/guide-labels.ts'
import { countAdministrators } from '#features/users/count-administrators.ts'
import { Card, CardGrid } from '#platform/ui/layout/card.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { loneAdministrator } from '../users/words.ts'
import { administrationLinks } from './links.ts'

const words = {
  title: menuLabels.forAdministrators,
  lead: {
    ja: '御社のポータル管理者の方だけが開くことのできる画面です。',
    en: 'Only the portal administrators of your company can open this page.',
  },
  lone: loneAdministrator,
  notice: { ja: 'ご確認ください', en: 'Please note' },
}

/** ポータル管理者向け */
export const administrationPage = portal.page({
  path: paths.administration,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: async (ctx) => ({ administrators: await countAdministrators(ctx) }),
  title: ({ words: text }) => text.title,
  view: ({ data, words: text, reader: { language } }) => (
    <>
      <PageHeading heading={text.title} lead={text.lead} />
      {data.administrators === 1 && (
        <Notice kind="warning" label={text.notice}>
          {text.lone}
        </Notice>
      )}
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

import type { ComponentChildren, JSX } from 'preact'
import type { MenuService } from '#features/service-menu/find.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  ofAll: { ja: 'すべてのサービスを表示する', en: 'Show all services' },
}

export interface SubjectHeadingProps {
  language: Language
  heading: string
  lead: string
  /** The list, for all services. */
  path: string
  /** To which the list is narrowed. */
  service: MenuService | undefined
}

/** Above a list of orders, tickets or incidents: below its service, when it is narrowed to one. */
export function SubjectHeading({ language, heading, lead, path, service }: SubjectHeadingProps): JSX.Element {
  const text = inLanguage(words, language)
  const more: ComponentChildren = service && <a href={path}>{text.ofAll}</a>
  return (
    <>
      {service && (
        <Breadcrumb
          language={language}
          trail={[{ label: service.name[language], href: paths.service({ code: service.code }) }]}
          current={heading}
        />
      )}
      <PageHeading
        heading={heading}
        lead={
          <>
            {lead} {more}
          </>
        }
      />
    </>
  )
}

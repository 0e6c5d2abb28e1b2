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
  reader: { language: Language }
  words: { title: string; lead: string }
  /** To which the list is narrowed. */
  data: { service: MenuService | undefined }
  /** The list, for all services. */
  path: string
}

/** Above a list of orders, tickets, incidents or contracts: below its service, when it is narrowed to one. */
export function SubjectHeading({ reader, words: own, data: { service }, path }: SubjectHeadingProps): JSX.Element {
  const { language } = reader
  const more: ComponentChildren = service && <a href={path}>{inLanguage(words, language).ofAll}</a>
  return (
    <>
      {service && (
        <Breadcrumb
          language={language}
          trail={[{ label: service.name[language], href: paths.service({ code: service.code }) }]}
          current={own.title}
        />
      )}
      <PageHeading
        heading={own.title}
        lead={
          <>
            {own.lead} {more}
          </>
        }
      />
    </>
  )
}

import type { ComponentChildren, JSX } from 'preact'
import type { MenuService } from '#features/service-menu/find.ts'
import { type Listing, thingOfListing } from '#features/subjects/listings.ts'
import { isSame, type Thing } from '#features/subjects/thing.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { PinButton, type PinButtonProps } from '../shortcuts/pin-button.tsx'

const words = {
  ofAll: { ja: 'すべてのサービスを表示する', en: 'Show all services' },
}

export interface SubjectHeadingProps extends Pick<PinButtonProps['view'], 'form' | 'reader' | 'tokenFor'> {
  words: { title: string; lead: string }
  /** To which the list is narrowed. */
  data: { service: MenuService | undefined; pins: readonly Thing[] }
  /** The list, for all services. */
  listing: Listing
  path: string
  /** Beside the pin. */
  action?: ComponentChildren
}

/** Above a list of orders, tickets, incidents or contracts: below its service, when it is narrowed to one. */
export function SubjectHeading({ listing, path, action, ...view }: SubjectHeadingProps): JSX.Element {
  const { reader, words: own, data } = view
  const { service, pins } = data
  const { language } = reader
  const thing = thingOfListing(listing)
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
        actions={
          <>
            <PinButton view={view} thing={thing} isPinned={pins.some((pin) => isSame(pin, thing))} />
            {action}
          </>
        }
      />
    </>
  )
}

/** The service to which such a list is narrowed, said on paper. */
export function saidOf({
  data: { service },
  reader: { language },
}: Pick<SubjectHeadingProps, 'data' | 'reader'>): string[] {
  return service ? [service.name[language]] : []
}

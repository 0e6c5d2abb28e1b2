import type { JSX } from 'preact'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { SearchResult } from '#features/search/search.ts'
import { addressOn, settingsLinks } from '#sites/frame/between-sites.ts'
import { Marked } from '#platform/ui/text/marked.tsx'
import type { Reader } from '#platform/web/page.ts'
import { Group, type GroupProps, Hit } from './hits.tsx'

const heading = { ja: '電話番号・内線', en: 'Telephone numbers and extensions' }

interface FoundTelephonesProps {
  telephones: SearchResult['telephones']
  settingsUrl: URL
  data: { terms: readonly string[] }
  words: GroupProps['text']
  reader: Reader
}

/** Numbers and extensions, which lead to their pages on the settings site. */
export function FoundTelephones(props: FoundTelephonesProps): JSX.Element {
  const { telephones, settingsUrl, data, words, reader } = props
  const marked = (given: string): JSX.Element => <Marked text={given} terms={data.terms} />
  return (
    <Group of={telephones} heading={heading[reader.language]} text={words}>
      {telephones.rows.map(({ id, kind, number, name, contract }) => (
        <Hit
          key={id}
          link={
            <a href={addressOn(settingsUrl, settingsLinks[kind]({ contract: contract.id, id }))}>
              {marked(kind === 'number' ? hyphened(number) : number)} {marked(name)}
            </a>
          }
        >
          <span>{contract.number}</span>
        </Hit>
      ))}
    </Group>
  )
}

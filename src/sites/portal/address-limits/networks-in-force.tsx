import type { JSX } from 'preact'
import { mostEntries } from '#features/address-limits/entries.ts'
import type { AddressLimit, AffectedUser } from '#features/address-limits/find.ts'
import { holds } from '#features/address-limits/networks.ts'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { AffectedUsers } from './affected-users.tsx'

const words = {
  heading: { ja: '現在の設定', en: 'In force now' },
  on: {
    ja: (limited: number, users: number) => `制限しています（全${users}名のうち${limited}名が「制限あり」です）。`,
    en: (limited: number, users: number) => `Access is restricted. Users it is about: ${limited} of ${users}.`,
  },
  off: { ja: '制限していません。どのIPアドレスからも利用できます。', en: 'Access is not restricted.' },
  count: {
    ja: (n: number) => `合計 ${n} 件（${mostEntries}件まで）`,
    en: (n: number) => `Total ${n} (up to ${mostEntries})`,
  },
  network: { ja: 'IPアドレス（CIDR）', en: 'IP address (CIDR)' },
  description: { ja: '説明', en: 'Description' },
  own: { ja: '現在のアクセス元', en: 'Where you are' },
}

interface InForceProps {
  limit: AddressLimit
  affected: { users: AffectedUser[]; count: number }
  ownAddress: string
  reader: Reader
}

/** The rules as they are judged now, on trial or confirmed. */
export function NetworksInForce({ limit, affected, ownAddress, reader }: InForceProps): JSX.Element {
  const { language } = reader
  const text = inLanguage(words, language)
  const { isOn, entries, limited, users } = limit
  return (
    <Section heading={text.heading}>
      <p>{isOn ? text.on(limited, users) : text.off}</p>
      {/* What is not on trial stands in the rows of the form. */}
      {limit.trial && entries.length > 0 && (
        <>
          <p class="small-text">{text.count(entries.length)}</p>
          <Table
            caption={text.heading}
            rows={entries}
            rowKey={({ network }) => network}
            columns={[
              {
                label: text.network,
                header: true,
                long: true,
                cell: ({ network }) => <span {...untranslated}>{network}</span>,
              },
              {
                label: text.description,
                long: true,
                cell: ({ network, description }) => (
                  <>
                    {description} {holds(network, ownAddress) && <Badge kind="current">{text.own}</Badge>}
                  </>
                ),
              },
            ]}
          />
        </>
      )}
      {isOn && limited > 0 && <AffectedUsers affected={affected} reader={reader} />}
    </Section>
  )
}

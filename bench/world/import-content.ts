import type { z } from 'zod'
import type { importFormat } from '#features/operator-data/import-format.ts'

type Content = z.input<typeof importFormat>
type Customer = NonNullable<Content['customers']>[number]
type Group = NonNullable<Customer['groups']>[number]

const contracts = 100_000
const services = 20
/** The user with the rules sees half of the services as a whole, and single contracts of the others. */
const servicesByRule = 10
const contractsByRule = 3000
const groups = 500
/** Groups that each of the two readers is in. */
const groupsOfReader = 20

export const contractCount = contracts
export const readers = { all: 'all@bench.example', rules: 'rules@bench.example', administrator: 'admin@bench.example' }
/** Whoever logs in again and again. */
export const logins: readonly string[] = Array.from({ length: 60 }, (_, index) => `login-${index}@bench.example`)

const numbered = <T>(length: number, make: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => make(index))
const numberOf = (index: number): string => `N${String(100_000_000 + index)}`
const serviceOf = (index: number): string => `service-${index % services}`
const begun = '2026-01-05T09:00:00+09:00'

/** An operator with one large customer, in the format of imports. */
export function makeContent(): Content {
  return {
    operator: {
      name: { ja: '試験通信', en: 'Bench Telecom' },
      slogan: { ja: 'つなぐ、測る。', en: 'Connect and measure.' },
      contractNumberPattern: String.raw`^N\d{9}$`,
    },
    serviceCategories: numbered(4, (index) => ({
      code: `category-${index}`,
      name: { ja: `分類${index}`, en: `Category ${index}` },
    })),
    services: numbered(services, (index) => ({
      code: serviceOf(index),
      category: `category-${index % 4}`,
      name: { ja: `ビジネス回線サービス ${index}`, en: `Business line ${index}` },
    })),
    customers: [makeCustomer()],
  }
}

function makeCustomer(): Customer {
  return {
    code: 'large',
    name: '株式会社大規模商事',
    sites: numbered(200, (index) => ({ code: `site-${index}`, name: `第${index}営業所` })),
    contracts: numbered(contracts, (index) => ({
      number: numberOf(index),
      service: serviceOf(index),
      site: `site-${index % 200}`,
      memo: `${index % 1000 === 0 ? '臨時回線' : index % 7 === 0 ? '予備回線' : '代表電話'} ${index % 50}階`,
      suspended: index % 97 === 0,
    })),
    incidents: numbered(200, (index) => ({
      code: `incident-${index}`,
      contract: numberOf(index * 331),
      kind: index % 5 === 0 ? 'fault' : 'works',
      title: { ja: '通信が不安定です', en: 'The connection is unstable' },
      startsAt: begun,
      updatedAt: begun,
      ...(index % 4 === 0 && { endsAt: '2026-01-06T09:00:00+09:00' }),
    })),
    groups: makeGroups(),
    users: makeUsers(),
  }
}

function makeGroups(): Group[] {
  const rest = groups - 1 - groupsOfReader
  return [
    { name: 'all', rights: { allServices: 'view' } },
    ...numbered(groupsOfReader, (index) => ({ name: `rules-${index}`, rights: rightsOf(index) })),
    ...numbered(rest, (index): Group => ({
      name: `other-${index}`,
      rights: { services: { [serviceOf(index)]: 'view' } },
    })),
  ]
}

/** Its share of the rules: a service in every second group, contracts of the other services in each. */
function rightsOf(group: number): Group['rights'] {
  const share = contractsByRule / groupsOfReader
  const other = (nth: number): number =>
    Math.floor(nth / servicesByRule) * services + servicesByRule + (nth % servicesByRule)
  return {
    services: group % 2 === 0 ? { [serviceOf(group / 2)]: 'view' } : {},
    contracts: Object.fromEntries(numbered(share, (index) => [numberOf(other(group * share + index)), 'view'])),
  }
}

function makeUsers(): NonNullable<Customer['users']> {
  const others = numbered(groupsOfReader - 1, (index) => `other-${index}`)
  const groupsOf = (mail: string): string[] =>
    mail === readers.rules ? numbered(groupsOfReader, (index) => `rules-${index}`) : ['all', ...others]
  return [...Object.values(readers), ...logins].map((mail) => ({
    mail,
    name: '計測 花子',
    phone: '03-0000-0000',
    role: mail === readers.administrator ? 'portal-administrator' : 'general-user',
    secondFactor: 'totp',
    groups: groupsOf(mail),
  }))
}

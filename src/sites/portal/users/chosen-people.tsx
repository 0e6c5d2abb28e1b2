import type { JSX } from 'preact'
import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { isId } from '#platform/form.ts'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import type { Field } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  people: {
    ja: (n: number) => `対象のユーザー：${n}名`,
    en: (n: number) => (n === 1 ? 'One user' : `${n} users`),
  },
  name: userLabels.name,
  mail: userLabels.mailAddress,
  users: { ja: '対象のユーザー', en: 'Users' },
}

/** Whom a question was about when it was shown: the answer is about them, whatever is ticked by then. */
export const idsField = {
  label: words.users,
  value: z
    .string()
    .max(40_000)
    .transform((text) => text.split('.').filter(isId)),
  carried: true,
} satisfies Field

/** More than these open when they are asked for. */
const mostOpen = 10

export interface ChosenPeopleProps {
  people: readonly { id: string; name: string; mail: string }[]
  language: Language
}

/** Whom a question is about. */
export function ChosenPeople({ people, language }: ChosenPeopleProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <details class="chosen-people" open={people.length <= mostOpen}>
      <summary>{text.people(people.length)}</summary>
      <Table
        caption={text.users}
        rows={people}
        rowKey={({ id }) => id}
        columns={[
          {
            label: text.name,
            header: true,
            long: true,
            cell: ({ id, name }) => <a href={paths.user({ id })}>{name}</a>,
          },
          { label: text.mail, long: true, phone: 'below', cell: ({ mail }) => <MailAddress mail={mail} /> },
        ]}
      />
    </details>
  )
}

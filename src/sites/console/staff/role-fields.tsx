import type { JSX } from 'preact'
import { z } from 'zod'
import { type StaffRole, staffRoles } from '#features/house.ts'
import type { FormView } from '#platform/form.ts'
import { CheckField } from '#platform/ui/form/field.tsx'
import { FieldSet } from '#platform/ui/form/form.tsx'
import type { Language, Phrase } from '#platform/words.ts'
import { roleHints, roleWords } from '../role-words.ts'

const ticked = z.literal('on').optional()
const field = (role: StaffRole): { label: Phrase; value: typeof ticked } => ({ label: roleWords[role], value: ticked })

/** One box for each role. */
export const roleFields = {
  support: field('support'),
  content: field('content'),
  provisioning: field('provisioning'),
  security: field('security'),
} satisfies Record<StaffRole, unknown>

export function rolesIn(input: Readonly<Record<StaffRole, 'on' | undefined>>): StaffRole[] {
  return staffRoles.filter((role) => input[role] === 'on')
}

const legend: Phrase = { ja: '役割', en: 'Roles' }

export function RoleFields({ form, language }: { form: FormView; language: Language }): JSX.Element {
  return (
    <FieldSet legend={legend[language]}>
      {staffRoles.map((role) => (
        <CheckField
          key={role}
          form={form}
          name={role}
          label={roleWords[role][language]}
          hint={roleHints[role][language]}
          language={language}
        />
      ))}
    </FieldSet>
  )
}

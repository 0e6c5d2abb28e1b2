import type { JSX } from 'preact'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { Context } from '#features/actor.ts'
import { findGiven, type Given } from '#features/user-groups/given.ts'
import type { GroupChoices } from '#features/users/group-choices.ts'
import type { FormValues, FormView } from '#platform/form.ts'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { fieldId, problemOf } from '#platform/ui/form/field-frame.tsx'
import { FieldSet } from '#platform/ui/form/form.tsx'
import { Transfer } from '#platform/ui/form/transfer.tsx'
import type { Preview } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { Abilities } from './abilities.tsx'
import { groupWord } from './words.ts'

const words = {
  groups: userLabels.groups,
  optional: { ja: '任意', en: 'Optional' },
  note: userLabels.groupsNote,
  left: { ja: 'ユーザーグループ', en: 'User groups' },
  right: { ja: '所属するユーザーグループ', en: 'Groups of this user' },
  putIn: userLabels.putIn,
  takeOut: userLabels.takeOut,
  none: { ja: 'なし', en: 'None' },
  check: { ja: '確認する', en: 'Check' },
}

/** What the part of a form about groups knows beside its fields. */
export interface GroupChoiceData {
  choices: GroupChoices
  /** What the chosen groups give. */
  given: Given[]
}

/** What was moved is ticked no longer. */
const unticked = { do: '', offered: [], taken: [] }
const sendingNothing = ['put-in', 'take-out', 'check']

/** Moves groups from one list to the other as a button of the form asks, and tells what the chosen ones give. */
export async function previewGroups<Data extends GroupChoiceData>(
  ctx: Context,
  { data, values }: { data: Data; values: FormValues },
): Promise<Preview<Data>> {
  const has = (name: string, id: string): boolean => values[name]?.includes(id) === true
  const chosen = data.choices.groups
    .map(({ id }) => id)
    .filter((id) => {
      if (has('groups', id)) return values.do !== 'take-out' || !has('taken', id)
      return values.do === 'put-in' && has('offered', id)
    })
  const submits = !sendingNothing.includes(String(values.do))
  const given = await findGiven(ctx, chosen)
  return { data: { ...data, given }, values: { ...values, ...(!submits && unticked), groups: chosen }, submits }
}

export interface GroupChoiceProps extends GroupChoiceData {
  form: FormView
  language: Language
}

/** The two lists of groups, and what follows from them. */
export function GroupChoice({ form, language, choices, given }: GroupChoiceProps): JSX.Element {
  const text = inLanguage(words, language)
  const isChosen = ({ id }: { id: string }): boolean => form.values.groups?.includes(id) === true
  const items = choices.groups.map((group, place) => ({ ...group, place, label: groupWord(group, language) }))
  const services = choices.settingsNames.map((name) => name[language])
  const here = `${form.action}#${fieldId('groups')}`
  return (
    <FieldSet
      legend={
        <>
          {text.groups} <span class="field-mark field-mark-optional">{text.optional}</span>
        </>
      }
    >
      {services.length > 0 && <p class="small-text">{text.note(formatList(services, language))}</p>}
      {items.filter(isChosen).map(({ id }) => (
        <input type="hidden" name="groups" value={id} key={id} />
      ))}
      <Transfer
        id={fieldId('groups')}
        name="groups"
        language={language}
        problem={problemOf(form, 'offered')}
        from={{
          label: text.left,
          name: 'offered',
          items: items.filter((item) => !isChosen(item)),
          ticked: form.values.offered,
        }}
        to={{ label: text.right, name: 'taken', items: items.filter(isChosen), ticked: form.values.taken }}
      >
        <Button kind="secondary" small name="do" value="put-in" formAction={here} formNoValidate>
          {text.putIn}
        </Button>
        <Button kind="secondary" small name="do" value="take-out" formAction={here} formNoValidate>
          {text.takeOut}
        </Button>
      </Transfer>
      <Abilities
        given={given}
        isAdministrator={form.values.role === 'portal-administrator'}
        language={language}
        askedAt={paths.abilities}
      >
        <Button kind="secondary" small name="do" value="check" formAction={here} formNoValidate>
          {text.check}
        </Button>
      </Abilities>
    </FieldSet>
  )
}

import type { JSX } from 'preact'
import { Button } from '#platform/ui/form/button.tsx'
import { HiddenQuery } from '#platform/ui/list/list-query.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { groupWord } from '../users/words.ts'
import type { Question } from './selected-question.ts'
import type { selectedWords } from './selected-words.ts'

type Shown = View<Question, typeof selectedWords>

/** Which groups: shown anew with what follows, as soon as one is chosen. */
export function GroupQuestion(view: Shown): JSX.Element {
  const { data, words: text } = view
  const { task, query, from, to, effect } = data
  return (
    <>
      <form class="ask-line" action={paths.selectedUsers} data-send-on-change="">
        <HiddenQuery query={{ ...query, from: undefined, to: undefined }} />
        {task !== 'put-in-group' && (
          <GroupSelect {...view} name="from" label={task === 'move' ? text.from : text.group} chosen={from?.id} />
        )}
        {task !== 'take-out-of-group' && (
          <GroupSelect {...view} name="to" label={task === 'move' ? text.to : text.group} chosen={to?.id} />
        )}
        <Button kind="secondary" small>
          {text.see}
        </Button>
      </form>
      {effect === null && <p role="status">{task === 'move' ? text.chooseBoth : text.chooseOne}</p>}
    </>
  )
}

interface GroupSelectProps extends Shown {
  name: 'from' | 'to'
  label: string
  chosen: string | undefined
}

function GroupSelect({ name, label, chosen, data, words: text, reader: { language } }: GroupSelectProps) {
  const { task, groups } = data
  const other = task === 'move' ? data[name === 'from' ? 'to' : 'from']?.id : undefined
  return (
    <label>
      {label}
      <span class="select">
        {/* The page was shown anew because the other one was chosen: whoever uses the keyboard goes on from here. */}
        <select class="input" name={name} autofocus={other !== undefined && chosen === undefined}>
          <option value="">{text.choose}</option>
          {groups
            .filter(({ id }) => id !== other)
            .map((group) => (
              <option value={group.id} selected={group.id === chosen} key={group.id}>
                {groupWord(group, language)}
              </option>
            ))}
        </select>
        <Icon name="down" />
      </span>
    </label>
  )
}

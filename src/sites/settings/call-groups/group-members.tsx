import type { JSX } from 'preact'
import { mostMembers } from '#features/call-groups/values.ts'
import type { FormView } from '#platform/form.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { FieldBelow, fieldId } from '#platform/ui/form/field-frame.tsx'
import { FieldSet } from '#platform/ui/form/form.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { groupFormWords as words } from './group-form-words.ts'
import type { GroupForm } from './group-preview.ts'

interface MembersProps {
  form: FormView
  language: Language
  beside: GroupForm
}

interface Member {
  number: string
  name: string
  isEnabled: boolean
  at: number
}

/** Who is in a group, in the order in which they ring, and whom to add. */
export function Members({ form, language, beside }: MembersProps): JSX.Element {
  const text = inLanguage(words, language)
  const numbers = [form.values['member'] ?? []].flat()
  const members = numbers.map((number, at): Member => ({
    number,
    at,
    ...(beside.names.get(number) ?? { name: '', isEnabled: true }),
  }))
  return (
    <FieldSet legend={`${text.members} ${text.count(members.length)}`}>
      <div id={fieldId('member')} tabIndex={-1}>
        {numbers.map((number) => (
          <input type="hidden" name="member" value={number} key={number} />
        ))}
        {members.length === 0 ? (
          <p>{text.noMembers}</p>
        ) : (
          <MemberTable form={form} language={language} members={members} />
        )}
        <FieldBelow form={form} name="member" language={language} />
        <p class="small-text">{text.forwardsNote}</p>
      </div>
      {members.length < mostMembers && <Finder form={form} language={language} beside={beside} />}
    </FieldSet>
  )
}

function MemberTable({ form, language, members }: { form: FormView; language: Language; members: readonly Member[] }) {
  const text = inLanguage(words, language)
  const paused = [form.values['paused'] ?? []].flat()
  const button = (word: 'up' | 'down' | 'out', { number, name }: Member): JSX.Element => (
    <Button
      kind={word === 'out' ? 'quiet' : 'secondary'}
      small
      icon={word === 'up' ? 'arrow-up' : word === 'down' ? 'arrow-down' : undefined}
      name="do"
      value={`${word} ${number}`}
      label={`${text[word]}（${number} ${name}）`}
    >
      {text[word]}
    </Button>
  )
  return (
    <Table
      caption={text.members}
      rows={members}
      rowKey={({ number }) => number}
      columns={[
        { label: text.position, number: true, phone: 'before', cell: ({ at }) => at + 1 },
        { label: text.extension, number: true, phone: 'beside', cell: ({ number }) => number },
        {
          label: text.memberName,
          header: true,
          long: true,
          cell: ({ name, isEnabled }) => (
            <>
              {name || '-'} {!isEnabled && <Badge kind="plain">{text.off}</Badge>}
            </>
          ),
        },
        {
          label: text.paused,
          cell: ({ number, name }) => (
            <label class="tick">
              <input type="checkbox" name="paused" value={number} checked={paused.includes(number)} />
              <span class="visually-hidden">
                {text.paused}（{number} {name}）
              </span>
            </label>
          ),
          phone: 'labelled',
        },
        {
          label: text.move,
          cell: (member) => (
            <>
              {member.at > 0 && button('up', member)} {member.at < members.length - 1 && button('down', member)}
            </>
          ),
          phone: 'below',
        },
        { label: text.remove, hideLabel: true, cell: (member) => button('out', member), phone: 'end' },
      ]}
    />
  )
}

function Finder({ form, language, beside: { candidates } }: MembersProps) {
  const text = inLanguage(words, language)
  return (
    <div>
      <TextField
        form={form}
        language={language}
        name="q"
        label={text.keyword}
        hint={text.findHint}
        type="search"
        width="medium"
      />
      <Button kind="secondary" icon="search" name="do" value="find">
        {text.find}
      </Button>
      {candidates && (
        <ul class="small-text" role="status">
          {candidates.length === 0 && <li>{text.nobodyFound}</li>}
          {candidates.map(({ number, name }) => (
            <li key={number}>
              {number} {name}{' '}
              <Button kind="quiet" small name="do" value={`in ${number}`} label={`${text.putIn}（${number} ${name}）`}>
                {text.putIn}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

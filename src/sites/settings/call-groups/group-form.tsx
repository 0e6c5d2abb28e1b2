import type { ComponentChildren, JSX } from 'preact'
import type { Target } from '#features/inside-numbers/targets.ts'
import type { Line } from '#features/lines/open.ts'
import type { OnwardKind } from '#features/onward/onward.ts'
import type { FormView } from '#platform/form.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { RadioField, SelectField, TextField } from '#platform/ui/form/field.tsx'
import { controlAttributes, FieldFrame, valueOf } from '#platform/ui/form/field-frame.tsx'
import { FieldSet, Form } from '#platform/ui/form/form.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { RingPlan } from '../parts/ring-plan.tsx'
import { groupKindWords, Suggestions, suggestionsId } from '../parts/target-words.tsx'
import { groupProblem } from './group-fields.ts'
import { groupFormWords as words } from './group-form-words.ts'
import { Members } from './group-members.tsx'
import type { GroupForm } from './group-preview.ts'

export interface GroupFieldsProps {
  form: FormView
  language: Language
  line: Line
  suggestions: readonly Target[]
  beside: GroupForm
  /** What else the form carries, and the bar at its foot. */
  children: ComponentChildren
}

/** The form of a group: how it rings, who is in it, and what that leads to. */
export function GroupFormFields(props: GroupFieldsProps): JSX.Element {
  const { form, suggestions, children } = props
  return (
    <Form form={form} guard>
      {/* A form is sent by its first button when Enter is pressed in a field. */}
      <button class="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true" />
      <Suggestions targets={suggestions} />
      <HowItRings {...props} />
      <Members {...props} />
      <Simulation {...props} />
      {children}
    </Form>
  )
}

function HowItRings({ form, language, line }: GroupFieldsProps) {
  const text = inLanguage(words, language)
  const field = { form, language }
  const kinds = (['simultaneous', 'sequential', 'even'] as const).map((value) => ({
    value,
    label: groupKindWords[value][language],
    hint: text[value],
  }))
  const onwards: OnwardKind[] = line.hasVoicemail
    ? ['nothing', 'inside', 'outside', 'voicemail']
    : ['nothing', 'inside', 'outside']
  return (
    <FieldSet legend={text.how} columns>
      <div class="field-rows">
        <TextField {...field} name="name" label={text.name} mark="required" />
        <TextField {...field} name="number" label={text.number} mark="required" width="short" />
        <RadioField {...field} name="kind" label={text.kind} mark="required" options={kinds} stacked />
      </div>
      <div class="field-rows">
        <TextField
          {...field}
          name="ringSeconds"
          label={text.ringSeconds}
          mark="required"
          width="short"
          hint={text.secondsHint}
        />
        <SelectField
          {...field}
          name="onward"
          label={text.onward}
          mark="required"
          options={onwards.map((value) => ({ value, label: text[value] }))}
        />
        <FieldFrame {...field} name="onwardTo" label={text.onwardTo} hint={text.onwardHint}>
          <input
            class="input"
            list={suggestionsId}
            autocomplete="off"
            value={valueOf(form, 'onwardTo')}
            {...controlAttributes({ form, name: 'onwardTo', hint: text.onwardHint })}
          />
        </FieldFrame>
      </div>
    </FieldSet>
  )
}

function Simulation({ form, language, line, beside: { call, refused } }: GroupFieldsProps) {
  const text = inLanguage(words, language)
  return (
    <FieldSet legend={text.simulation}>
      <p class="small-text">{text.simulationText}</p>
      <div>
        <Button kind="secondary" icon="play" name="do" value="preview">
          {text.preview}
        </Button>
      </div>
      {call && (
        <Panel label={text.simulation}>
          <RingPlan call={call} called={String(form.values['number'] ?? '')} language={language} />
        </Panel>
      )}
      {refused && (
        <Notice kind="warning">
          {refused === 'incomplete'
            ? text.incomplete
            : groupProblem(refused, { line, typed: String(form.values['onwardTo'] ?? '') }, language).problems[0]?.text}
        </Notice>
      )}
    </FieldSet>
  )
}

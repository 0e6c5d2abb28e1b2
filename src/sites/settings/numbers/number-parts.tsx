import type { JSX } from 'preact'
import type { CallOutcome } from '#features/call-routing/who-rings.ts'
import type { Contract } from '#features/contracts/find.ts'
import type { Target } from '#features/inside-numbers/targets.ts'
import type { Line } from '#features/lines/open.ts'
import type { ExternalNumber } from '#features/numbers/number.ts'
import type { Reservation } from '#features/reservations/reservation.ts'
import { contractLabels, rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { controlAttributes, FieldFrame, valueOf } from '#platform/ui/form/field-frame.tsx'
import { CommitBar, Form } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import type { View } from '#platform/web/page.ts'
import { DueField } from '../parts/due.tsx'
import { onwardSaid } from '../parts/onward-words.ts'
import { RingPlan } from '../parts/ring-plan.tsx'
import { Suggestions, suggestionsId } from '../parts/target-words.tsx'
import { paths } from '../paths.ts'
import { targetValue } from './binding-rows.ts'
import { HoursFields, hoursWords } from './hours-fields.tsx'

export const numberWords = {
  title: {
    ja: (number: string): string => `外線 ${number}`,
    en: (number: string): string => `Outside number ${number}`,
  },
  target: { ja: '着信先', en: 'Target' },
  targetHint: {
    ja: '内線番号または着信グループの番号を入力します。空にすると、どの電話機も鳴りません。',
    en: 'The number of an extension or a call group. Empty: no telephone rings.',
  },
  memo: contractLabels.memo,
  hours: hoursWords.calendar,
  closed: hoursWords.closed,
  always: hoursWords.always,
  endedOn: { ja: '解約日', en: 'Ended on' },
  unset: { ja: '未割当', en: 'Not bound' },
  rings: { ja: 'この番号に着信すると', en: 'When this number is called' },
  preview: { ja: '鳴る順番を確認する', en: 'See what will ring' },
  previewed: {
    ja: '入力した設定での順番です。まだ適用していません。',
    en: 'As it would be with what you entered. It is not in force yet.',
  },
  simulate: { ja: '日時を変えて確認する', en: 'See it at another time' },
  do: { ja: '操作', en: 'Action' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  version: { ja: '版', en: 'Version' },
  effect: { ja: 'すぐに反映され、次の着信から鳴ります。', en: 'Counts at once, from the next call on.' },
}

/** What the page of a number knows. */
export interface NumberData {
  contract: Contract
  number: ExternalNumber
  line: Line
  suggestions: Target[]
  /** Numbers outside that were confirmed for the line. */
  known: ReadonlySet<string>
  calendars: ReadonlyMap<string, string>
  reservations: Reservation[]
  call: CallOutcome
  isPreview: boolean
  /** Why what was entered cannot be tried. */
  refused: string | undefined
  changed: string | undefined
}

type Shown = View<NumberData, typeof numberWords>

/** What a number is set to, for whoever only looks. */
export function CurrentNumber({ data: { number }, words: text, reader: { language } }: Shown): JSX.Element {
  return (
    <Facts
      facts={[
        { term: text.target, value: targetValue(number) || text.unset },
        { term: text.memo, value: number.memo || '-' },
        { term: text.hours, value: number.calendar ?? text.always },
        ...(number.calendar === null ? [] : [{ term: text.closed, value: onwardSaid(number.closed, language) }]),
      ]}
    />
  )
}

/** The form of a number. */
export function EditNumber({ data, form, words: text, reader: { language } }: Shown): JSX.Element {
  const { contract, suggestions } = data
  return (
    <Form form={form} layout="page" guard>
      <input type="hidden" name="version" value={String(form.values['version'])} />
      <Suggestions targets={suggestions} />
      <FieldFrame form={form} name="target" label={text.target} language={language} hint={text.targetHint}>
        <input
          class="input"
          list={suggestionsId}
          autocomplete="off"
          value={valueOf(form, 'target')}
          {...controlAttributes({ form, name: 'target', hint: text.targetHint })}
        />
      </FieldFrame>
      <TextField form={form} name="memo" label={text.memo} language={language} mark="optional" />
      <HoursFields form={form} language={language} data={data} />
      <CommitBar effect={text.effect}>
        <DueField form={form} language={language} line={data.line} />
        <Button kind="secondary" icon="play" name="do" value="preview">
          {text.preview}
        </Button>
        <ButtonLink kind="secondary" href={paths.numbers({ contract: contract.id })}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.apply}</Button>
      </CommitBar>
    </Form>
  )
}

/** What rings, or would with what was entered. */
export function NumberRings({ data, words: text, reader: { language } }: Shown): JSX.Element {
  const { contract, number, call, isPreview, refused } = data
  const at = `${paths.simulation({ contract: contract.id })}?called=${number.number}`
  return (
    <Section heading={text.rings} action={<a href={at}>{text.simulate}</a>}>
      <Panel>
        {isPreview && <p class="small-text">{text.previewed}</p>}
        {refused === undefined ? (
          <RingPlan call={call} called={number.number} language={language} />
        ) : (
          <Notice kind="warning" live>
            {refused}
          </Notice>
        )}
      </Panel>
    </Section>
  )
}

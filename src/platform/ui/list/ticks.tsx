import type { ComponentChildren, JSX } from 'preact'
import type { FormView } from '../../form.ts'
import { inLanguage, type Language } from '../../words.ts'
import { Button } from '../form/button.tsx'
import { fieldId } from '../form/field-frame.tsx'
import { Form } from '../form/form.tsx'
import { numberIn, tickEvery, tickNone } from './list-query.tsx'

const words = {
  page: { ja: 'このページのすべてを選択する', en: 'Choose all of this page' },
  none: { ja: '選択を解除する', en: 'Choose none' },
}

export interface TickProps {
  formId: string
  name: string
  value: string
  checked: boolean
  /** Read out: what of. */
  label: string
}

/** The box of a row. */
export function Tick({ formId, label, ...box }: TickProps): JSX.Element {
  return (
    <label class="tick">
      <input type="checkbox" form={formId} {...box} />
      <span class="visually-hidden">{label}</span>
    </label>
  )
}

/** Ticks all rows of the page, or none; half-ticked while only some are. A script's alone: see `ticks.ts`. */
export function SelectAll({ formId, language }: { formId: string; language: Language }): JSX.Element {
  return (
    <label class="tick tick-page">
      <input type="checkbox" data-ticks-page={formId} />
      <span class="visually-hidden">{words.page[language]}</span>
    </label>
  )
}

export interface TickedBarProps {
  form: FormView
  language: Language
  formId: string
  /** Of the boxes. */
  name: string
  /** Their ids, on all pages. */
  ticked: readonly string[]
  /** The ids of the rows of this page. */
  shown: readonly string[]
  /** Where ticks outlive the page: how many rows are listed, on all pages, and what ticks them all. */
  kept: { total: number; tickAll: ((n: string) => string) | undefined } | undefined
  /** How many are ticked. */
  count: ((n: string) => string) | undefined
  note: string | undefined
  /** What can be done with those that are ticked. */
  children: ComponentChildren
}

/** How many rows are ticked, and what can be done with them: stays in view at the foot of the list. */
export function TickedBar(props: TickedBarProps): JSX.Element {
  const { form, language, formId, name, ticked, shown, kept, count, note, children } = props
  const all = new Set(ticked)
  const elsewhere = all.size - shown.filter((id) => all.has(id)).length
  return (
    <div class="ticked-bar" id={fieldId(name)} tabIndex={-1}>
      {note !== undefined && <div class="small-text">{note}</div>}
      <Form form={form} id={formId} layout="plain">
        {kept && <input type="hidden" name="shown" value={shown.join('.')} />}
        {(count ?? kept) && (
          <div class="ticked-bar-buttons ticked-bar-count">
            {count && (
              <p role="status" data-elsewhere={elsewhere} data-count={count('{n}')}>
                {count(numberIn(language, all.size))}
              </p>
            )}
            {kept && <KeptTicks language={language} {...kept} />}
          </div>
        )}
        <div class="ticked-bar-buttons">{children}</div>
      </Form>
    </div>
  )
}

function KeptTicks({
  language,
  total,
  tickAll,
}: Pick<TickedBarProps, 'language'> & NonNullable<TickedBarProps['kept']>) {
  return (
    <>
      {tickAll && total > 0 && (
        <Button kind="quiet" small name="to" value={tickEvery}>
          {tickAll(numberIn(language, total))}
        </Button>
      )}
      <Button kind="quiet" small name="to" value={tickNone}>
        {inLanguage(words, language).none}
      </Button>
    </>
  )
}

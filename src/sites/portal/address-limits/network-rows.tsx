import type { JSX } from 'preact'
import type { LimitEntry, WrongLine } from '#features/address-limits/entries.ts'
import { holds, readNetwork } from '#features/address-limits/networks.ts'
import type { FormView } from '#platform/form.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { controlAttributes, FieldBelow } from '#platform/ui/form/field-frame.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import type { View } from '#platform/web/page.ts'
import type { LimitPageData, limitPageWords } from './limit-page.ts'
import { rowsIn } from './limit-rows.ts'
import { lineProblems } from './words.ts'

type Shown = View<LimitPageData, typeof limitPageWords>

interface Row extends LimitEntry {
  /** From 1. */
  place: number
  wrong: WrongLine | undefined
}

/** The allowed networks, each a row with what it is; what is wrong with one stands in it, with a click that makes of it what was meant. */
export function NetworkRows(view: Shown): JSX.Element {
  const { data, form, words: text } = view
  const typed = rowsIn(form.values)
  const rows = (typed.length > 0 ? typed : [{ network: '', description: '' }]).map((row, at): Row => {
    const place = at + 1
    return { ...row, place, wrong: data.wrong.find(({ line }) => line === place) }
  })
  return (
    <>
      <p class="small-text">{text.count(typed.filter(({ network }) => network !== '').length)}</p>
      <Table
        caption={text.networks}
        rows={rows}
        rowKey={({ place }) => String(place)}
        columns={columnsOf(view, withRowProblems(view))}
      />
    </>
  )
}

/** A row says itself what is wrong with it; above the form it is said once for all of them. */
function withRowProblems({ data, form, reader: { language } }: Shown): FormView {
  const problems = data.wrong.map(({ line, problem }) => ({
    field: `network.${line}`,
    text: lineProblems[problem][language],
  }))
  return { ...form, problems }
}

function columnsOf({ data, words: text, reader: { language } }: Shown, form: FormView): Column<Row>[] {
  return [
    {
      label: text.network,
      header: true,
      long: true,
      cell: ({ place, network, wrong }) => (
        <>
          <RowInput form={form} name={`network.${place}`} value={network} label={text.networkOf(place)} isCode />
          <FieldBelow form={form} name={`network.${place}`} language={language} />
          {wrong?.meant !== undefined && (
            <Button kind="quiet" small name="task" value={`fix-${place}`}>
              {text.fix(wrong.meant)}
            </Button>
          )}
        </>
      ),
    },
    {
      label: text.description,
      phone: 'below',
      long: true,
      cell: ({ place, network, description }) => (
        <>
          <RowInput form={form} name={`description.${place}`} value={description} label={text.descriptionOf(place)} />
          {isOwn(network, data.ownAddress) && <Badge kind="current">{text.own}</Badge>}
        </>
      ),
    },
    {
      label: text.deed,
      hideLabel: true,
      phone: 'below',
      cell: ({ place, network }) => (
        <Button kind="quiet" small name="task" value={`remove-${place}`} label={text.removeOf(place, network)}>
          {text.remove}
        </Button>
      ),
    },
  ]
}

interface RowInputProps {
  form: FormView
  name: string
  value: string
  label: string
  isCode?: boolean
}

function RowInput({ form, name, value, label, isCode = false }: RowInputProps) {
  return (
    <input
      class="input"
      type="text"
      value={value}
      aria-label={label}
      autocomplete="off"
      {...(isCode && { ...untranslated, spellcheck: false, autocapitalize: 'none' })}
      {...controlAttributes({ form, name })}
    />
  )
}

function isOwn(network: string, ownAddress: string): boolean {
  const read = readNetwork(network)
  return read.ok && holds(read.network, ownAddress)
}

import type { JSX } from 'preact'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { RadioField, TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, Form } from '#platform/ui/form/form.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { AffectedUsers } from './affected-users.tsx'
import type { LimitPageData, limitPageWords } from './limit-page.ts'
import { OwnAddressField } from './own-address-field.tsx'
import { rowsChangedBy } from './limit-rows.ts'
import { NetworkRows } from './network-rows.tsx'

type Shown = View<LimitPageData, typeof limitPageWords>

/** What is to be in force: the switch, the list, and what it would do. */
export function LimitForm(refused: Shown): JSX.Element {
  const { data, words: text, reader } = refused
  // What was pasted when the form was sent stands in rows, too.
  const form = { ...refused.form, values: rowsChangedBy(refused.form.values, data.ownAddress) }
  const view = { ...refused, form }
  const { language } = reader
  const { ownAddress, looked } = data
  return (
    <Form form={form} layout="page" guard>
      <input type="hidden" name="version" value={data.limit.version} />
      {/* What Enter in a field does: the first button of a form. */}
      <button type="submit" name="task" value="apply" hidden>
        {text.apply}
      </button>
      <RadioField
        form={form}
        name="isOn"
        label={text.isOn}
        language={language}
        mark="required"
        options={[
          { value: 'on', label: text.on },
          { value: 'off', label: text.off },
        ]}
      />
      <NetworkRows {...view} />
      <ButtonRow>
        <Button kind="secondary" small name="task" value="add-row" icon="plus">
          {text.addRow}
        </Button>
        <Button kind="secondary" small name="task" value="add-own" icon="plus">
          {text.addOwn(ownAddress)}
        </Button>
        <Button kind="secondary" small name="task" value="look">
          {text.look}
        </Button>
      </ButtonRow>
      <Paste {...view} />
      {looked && <AffectedUsers affected={looked} reader={reader} />}
      <OwnAddressField form={form} ownAddress={ownAddress} language={language} />
      <CommitBar effect={text.effect}>
        <ButtonLink kind="secondary" href={paths.administration}>
          {text.cancel}
        </ButtonLink>
        <Button name="task" value="apply">
          {text.apply}
        </Button>
      </CommitBar>
    </Form>
  )
}

/** For who has the list elsewhere: what is pasted becomes rows, by its button or with whatever is pressed next. */
function Paste({ form, words: text, reader: { language } }: Shown) {
  return (
    <details open={form.problems.some(({ field }) => field === 'list')}>
      <summary>{text.pasteHeading}</summary>
      <TextAreaField form={form} name="list" label={text.list} language={language} rows={6} hint={text.listHint} />
      <Button kind="secondary" small name="task" value="add-lines">
        {text.addLines}
      </Button>
    </details>
  )
}

import type { JSX } from 'preact'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { RadioField, TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, Form } from '#platform/ui/form/form.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { AffectedUsers } from './affected-users.tsx'
import type { LimitPageData, limitPageWords } from './limit-page.ts'
import { OwnAddressField } from './own-address-field.tsx'
import { lineProblems } from './words.ts'

type Shown = View<LimitPageData, typeof limitPageWords>

/** What is to be in force: the switch, the list, and what it would do. */
export function LimitForm(view: Shown): JSX.Element {
  const { data, form, words: text, reader } = view
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
      <TextAreaField form={form} name="list" label={text.list} language={language} rows={10} hint={text.listHint} />
      <WrongLines {...view} />
      <ButtonRow>
        <Button kind="secondary" small name="task" value="add-own" icon="plus">
          {text.addOwn(ownAddress)}
        </Button>
        <Button kind="secondary" small name="task" value="look">
          {text.look}
        </Button>
      </ButtonRow>
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

/** What is wrong with each line, and a click that makes of it what was probably meant. */
function WrongLines({ data: { wrong }, words: text, reader: { language } }: Shown) {
  if (wrong.length === 0) return null
  return (
    <ul class="wrong-lines">
      {wrong.map(({ line, typed, problem, meant }) => (
        <li key={line}>
          {text.lineIs(text.line(line), typed, lineProblems[problem][language])}{' '}
          {meant !== undefined && (
            <Button kind="quiet" small name="task" value={`fix-${line}`}>
              {text.fix(meant)}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

import type { JSX } from 'preact'
import { mostCopied } from '#features/line-copies/candidates.ts'
import type { FormView } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField, TextField } from '#platform/ui/form/field.tsx'
import { ChoicesField } from '#platform/ui/form/choices-field.tsx'
import { CommitBar, FieldSet, Form } from '#platform/ui/form/form.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { DueField } from '../parts/due.tsx'
import type { CopyData } from './copy-data.ts'
import { copyFormWords } from './copy-form-words.ts'
import { CopyOutcomes } from './copy-outcomes.tsx'

export interface CopyFormProps {
  data: CopyData
  form: FormView
  language: Language
  more: { label: string; hint: string }
  /** The page of what is copied. */
  own: string
}

/** Which contracts, what else, and what would become of it. */
export function CopyForm({ data, form, language, more, own }: CopyFormProps): JSX.Element {
  const text = inLanguage(copyFormWords, language)
  const { candidates, outcomes, line, told } = data
  const field = { form, language }
  const shown = candidates.slice(0, mostCopied)
  const ticked = [form.values['contract'] ?? []].flat()
  const elsewhere = ticked.filter((id) => !shown.some((each) => each.id === id))
  return (
    <Form form={form} guard>
      {/* Enter in the field finds, and applies nothing. */}
      <button class="visually-hidden" type="submit" name="do" value="find" tabIndex={-1} aria-hidden="true" />
      {told && <Notice kind="warning">{told === 'too-many' ? text.tooMany : text.foundAnew}</Notice>}
      {/* What is meant by all that are found. */}
      <input type="hidden" name="found" value={data.q} />
      <FieldSet legend={text.where}>
        <TextField {...field} name="q" label={text.keyword} hint={text.keywordHint} />
        <div>
          <Button kind="secondary" icon="search" name="do" value="find">
            {text.find}
          </Button>
        </div>
        {shown.length === 0 && <p>{text.nothingFound}</p>}
        {candidates.length > mostCopied && <Notice kind="warning">{text.more}</Notice>}
        {shown.length > 0 && (
          <>
            <CheckField {...field} name="everything" label={text.everything(shown.length.toLocaleString(language))} />
            <ChoicesField
              {...field}
              name="contract"
              label={text.contracts}
              options={shown.map(({ id, number, site, memo }) => ({
                value: id,
                label: [number, site, memo].filter(Boolean).join(' '),
              }))}
            />
          </>
        )}
        {/* Those that were ticked when other contracts were found. */}
        {elsewhere.map((id) => (
          <input key={id} type="hidden" name="contract" value={id} />
        ))}
      </FieldSet>
      <FieldSet legend={text.what}>
        <CheckField {...field} name="also" label={more.label} hint={more.hint} />
      </FieldSet>
      {outcomes && (
        <Section heading={text.tried}>
          {outcomes.length === 0 ? (
            <Notice kind="warning">{text.nothingChosen}</Notice>
          ) : (
            <CopyOutcomes outcomes={outcomes} language={language} isTry />
          )}
        </Section>
      )}
      <CommitBar effect={text.effect}>
        <DueField {...field} line={line} />
        <ButtonLink kind="secondary" href={own}>
          {text.cancel}
        </ButtonLink>
        <Button kind="secondary" icon="play" name="do" value="try">
          {text.try}
        </Button>
        <Button name="do" value="apply">
          {text.apply}
        </Button>
      </CommitBar>
    </Form>
  )
}

import { z } from 'zod'
import type { Contract } from '#features/contracts/find.ts'
import { findSuggestions, type Target } from '#features/inside-numbers/targets.ts'
import { findUses, type Uses } from '#features/inside-numbers/uses.ts'
import { type Removable, removeInside } from '#features/inside-numbers/remove.ts'
import type { Line, LineContext } from '#features/lines/open.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { controlAttributes, FieldFrame, valueOf } from '#platform/ui/form/field-frame.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import type { Route } from '#platform/web/paths.ts'
import type { Phrase } from '#platform/words.ts'
import { settings, type SettingsPath } from '../site.tsx'
import { DueField, dueFields, reserving } from './due.tsx'
import { LineHeading, withChanged } from './line-heading.tsx'
import { Suggestions, suggestionsId } from './target-words.tsx'
import { UsesList } from './uses-list.tsx'

const words = {
  uses: { ja: '使っている設定', en: 'What uses it' },
  replacement: { ja: '置き換える番号', en: 'Replace it with' },
  replacementHint: {
    ja: '使っている設定がすべて、この番号に置き換わります。置き換えないときは、先にそれぞれの設定を外してください。',
    en: 'Everything that uses it will use this one. To replace nothing, remove each use first.',
  },
  delete: { ja: '削除する', en: 'Delete' },
  cancel: userLabels.cancel,
  effect: {
    ja: '削除は「変更履歴」から元に戻せます。',
    en: 'You can undo this from the change history.',
  },
  'still-used': {
    ja: (typed: string) =>
      `使っている設定があるため削除できません${typed}。置き換える番号を入力するか、先に設定を外してください。`,
    en: (typed: string) =>
      `It is still used and cannot be deleted${typed}. Enter a number to replace it, or remove its uses.`,
  },
  'unknown-target': {
    ja: (typed: string) =>
      `「${typed}」には置き換えられません。このご契約のほかの内線または着信グループの番号を入力してください。`,
    en: (typed: string) =>
      `“${typed}” cannot replace it. Enter the number of another extension or call group of this contract.`,
  },
  'disabled-target': {
    ja: (typed: string) => `「${typed}」は無効になっている内線です。別の番号を入力してください。`,
    en: (typed: string) => `“${typed}” is disabled. Enter another number.`,
  },
  'no-voicemail': {
    ja: (typed: string) => `「${typed}」には留守番電話がないため、置き換えられません。内線の番号を入力してください。`,
    en: (typed: string) => `“${typed}” has no voicemail to replace this one’s. Enter an extension.`,
  },
}

interface Data {
  contract: Contract
  line: Line
  thing: Removable & { id: string }
  uses: Uses
  suggestions: Target[]
}

interface Removal {
  path: Route<'contract' | 'id'>
  title: Phrase<(name: string) => string>
  find: (ctx: LineContext, id: string) => Promise<Pick<Data['thing'], 'id' | 'number' | 'name'> | undefined>
  kind: Removable['kind']
  /** Where it is listed. */
  list: { path: Route<'contract'>; label: Phrase }
  /** Its own page. */
  own: Route<'contract' | 'id'>
}

/** Makes the page on which an extension or a group is deleted, and another takes its place. */
export function removalPage({ path, title, find, kind, list, own }: Removal): SettingsPath {
  return settings.page({
    path,
    allow: 'line',
    words,
    async load(ctx, { params }): Promise<Data | typeof notFound> {
      const thing = await find(ctx, params.id)
      if (!thing) return notFound
      const [uses, suggestions] = await Promise.all([findUses(ctx, thing.number), findSuggestions(ctx)])
      return { contract: ctx.contract, line: ctx.line, thing: { ...thing, kind }, uses, suggestions }
    },
    within: ({ contract }) => contract.service.code,
    form: {
      ...dueFields,
      replacement: { label: words.replacement, value: z.string().max(100).optional() },
    },
    async submit(ctx, { data, input, words: text }) {
      const { contract, thing } = data
      const { replacement = '' } = input
      const when = await reserving(ctx, input)
      if ('problems' in when) return when
      const removed = await removeInside(when, thing, replacement)
      if (removed.ok) return redirect(withChanged(list.path({ contract: contract.id }), removed.value))
      if (removed.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
      return problemAt('replacement', text[removed.problem](replacement), removed)
    },
    title: ({ data: { thing }, reader: { language } }) => title[language](`${thing.number} ${thing.name}`.trim()),
    view({ data: { contract, line, thing, uses, suggestions }, form, words: text, reader: { language } }) {
      const ownPath = own({ contract: contract.id, id: thing.id })
      const name = `${thing.number} ${thing.name}`.trim()
      return (
        <>
          <ErrorSummary form={form} language={language} />
          <LineHeading
            language={language}
            contract={contract}
            heading={title[language](name)}
            trail={[
              { label: list.label[language], href: list.path({ contract: contract.id }) },
              { label: name, href: ownPath },
            ]}
          />
          <Section heading={text.uses}>
            <UsesList uses={uses} contract={contract.id} language={language} />
          </Section>
          {contract.mayEdit && (
            <Form form={form} layout="page">
              <Suggestions targets={suggestions.filter(({ number }) => number !== thing.number)} />
              {uses.count > 0 && (
                <FieldFrame
                  form={form}
                  name="replacement"
                  label={text.replacement}
                  language={language}
                  hint={text.replacementHint}
                >
                  <input
                    class="input"
                    list={suggestionsId}
                    autocomplete="off"
                    value={valueOf(form, 'replacement')}
                    {...controlAttributes({ form, name: 'replacement', hint: text.replacementHint })}
                  />
                </FieldFrame>
              )}
              <CommitBar effect={text.effect}>
                <DueField form={form} language={language} line={line} />
                <ButtonLink kind="secondary" href={ownPath}>
                  {text.cancel}
                </ButtonLink>
                <Button kind="danger-confirm">{text.delete}</Button>
              </CommitBar>
            </Form>
          )}
        </>
      )
    },
  })
}

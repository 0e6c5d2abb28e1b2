import { z } from 'zod'
import type { Contract } from '#features/contracts/find.ts'
import { addExtensions } from '#features/extensions/add.ts'
import { mostAdded } from '#features/extensions/values.ts'
import { insideNumber } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { extensionFields, extensionWords, numberProblem } from './extension-fields.tsx'

const words = {
  title: { ja: '内線の追加', en: 'Add extensions' },
  numberHint: {
    ja: (first: string, last: string) => `${first}〜${last}の番号を使えます。`,
    en: (first: string, last: string) => `From ${first} to ${last}.`,
  },
  last: { ja: '最後の番号', en: 'Last number' },
  lastHint: {
    ja: `続きの番号をまとめて追加するときに入力します（1001から1010など、一度に${mostAdded}件まで）。`,
    en: `For several in a row, such as 1001 to 1010: at most ${mostAdded} at once.`,
  },
  lastWrong: {
    ja: `最後の番号は、内線番号より後の、${mostAdded}件以内の番号を入力してください。`,
    en: `Enter a number after the first one, at most ${mostAdded} in all.`,
  },
  add: userLabels.add,
  cancel: userLabels.cancel,
  effect: {
    ja: '追加した内線は、電話機の設定が済むと使えます。外線番号や着信グループとの紐づけは、追加した後に設定します。',
    en: 'Extensions work once their telephones are set up. Bind them to outside numbers and call groups afterwards.',
  },
}

interface Data {
  contract: Contract
  line: Line
}

/** 内線の追加: one, or several in a row. */
export const addExtensionsPage = settings.page({
  path: paths.addExtensions,
  allow: 'line',
  words,
  load: async ({ contract, line }): Promise<Data> => ({ contract, line }),
  within: ({ contract }) => contract.service.code,
  form: {
    ...extensionFields,
    ...dueFields,
    last: { label: words.last, value: z.literal('').or(insideNumber).optional(), example: '1010' },
  },
  initial: () => ({ ringSeconds: '20' }),
  async submit(ctx, { data, input, words: text }) {
    const when = await reserving(ctx, input)
    if ('problems' in when) return when
    const { number, last, ...given } = input
    const numbers = numbersFrom(number, last)
    if (!numbers) return problemAt('last', text.lastWrong)
    const added = await addExtensions(when, { ...given, numbers })
    const contract = data.contract.id
    if (!added.ok) {
      if (added.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
      return problemAt('number', numberProblem(added.problem, data.line, ctx.language), added)
    }
    const { value: id } = added.value
    const path = numbers.length === 1 ? paths.extension({ contract, id }) : paths.extensions({ contract })
    return redirect(withChanged(path, added.value))
  },
  title: ({ words: text }) => text.title,
  view({ data: { contract, line }, form, words: text, reader: { language } }) {
    const label = (name: keyof typeof extensionWords): string => extensionWords[name][language]
    const field = { form, language, width: 'short' } as const
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title}
          trail={[{ label: linkWords.extensions[language], href: paths.extensions({ contract: contract.id }) }]}
        />
        {contract.mayEdit && (
          <Form form={form} layout="page" guard>
            <TextField
              {...field}
              name="number"
              label={label('number')}
              mark="required"
              hint={text.numberHint(line.firstExtension, line.lastExtension)}
            />
            <TextField {...field} name="last" label={text.last} mark="optional" hint={text.lastHint} />
            <TextField form={form} language={language} name="name" label={label('name')} mark="optional" />
            <TextField form={form} language={language} name="kana" label={label('kana')} mark="optional" />
            <TextField {...field} name="ringSeconds" label={label('ringSeconds')} mark="required" />
            <CommitBar effect={text.effect}>
              <DueField form={form} language={language} line={line} />
              <ButtonLink kind="secondary" href={paths.extensions({ contract: contract.id })}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.add}</Button>
            </CommitBar>
          </Form>
        )}
      </>
    )
  },
})

/** The numbers from the first to the last, if that may be meant. */
function numbersFrom(first: string, last: string | undefined): string[] | undefined {
  if (!last) return [first]
  const count = Number(last) - Number(first) + 1
  if (last.length !== first.length || count < 1 || count > mostAdded) return undefined
  return Array.from({ length: count }, (_, at) => String(Number(first) + at))
}

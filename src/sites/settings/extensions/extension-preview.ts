import { z } from 'zod'
import { type CallOutcome, whoRings } from '#features/call-routing/who-rings.ts'
import { type EditProblem, type ExtensionEdit, putExtension } from '#features/extensions/edit.ts'
import type { Extension } from '#features/extensions/extension.ts'
import { tryChange } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { type FormValues, rowVersion } from '#platform/form.ts'
import { parseFields } from '#platform/web/form-input.ts'
import type { Input } from '#platform/web/page.ts'
import { checkBox, extensionFields, extensionWords } from './extension-fields.tsx'

/** All fields of the form of one extension. */
export const editFields = {
  ...extensionFields,
  callerNumber: { label: extensionWords.callerNumber, value: z.string().max(20) },
  hidesCaller: { label: extensionWords.hidesCaller, value: checkBox },
  isEnabled: { label: extensionWords.isEnabled, value: checkBox },
  version: { label: { ja: '版', en: 'Version' }, value: rowVersion, carried: true },
} as const

/** What the form asks for. */
export function editIn(input: Input<typeof editFields>): ExtensionEdit {
  return {
    ...input,
    callerNumber: input.callerNumber === '' ? null : input.callerNumber,
    hidesCaller: input.hidesCaller === 'on',
    isEnabled: input.isEnabled === 'on',
  }
}

/** What would ring with what was entered; or why that cannot be tried. */
export type Tried =
  | { number: string; call: CallOutcome; refused?: undefined }
  | { refused: Exclude<EditProblem, 'may-not-edit'> | 'incomplete' }

/** Tries what was entered, and keeps nothing of it. */
export async function tryExtension(ctx: LineContext, extension: Extension, values: FormValues): Promise<Tried> {
  const parsed = parseFields(editFields, values)
  if (!parsed.ok) return { refused: 'incomplete' }
  const edit = editIn(parsed.input)
  const tried = await tryChange<CallOutcome, EditProblem>(
    ctx,
    (changing) => putExtension(changing, extension, edit),
    (changing) => whoRings(changing, { called: edit.number, at: ctx.now, busy: [], unreachable: [] }),
  )
  if (tried.ok) return { number: edit.number, call: tried.value }
  return { refused: tried.problem === 'may-not-edit' ? 'incomplete' : tried.problem }
}

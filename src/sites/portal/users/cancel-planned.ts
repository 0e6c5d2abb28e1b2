import { cancelPlanned } from '#features/user-groups/planned.ts'
import { rowId } from '#platform/form.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { plannedTitle } from './planned-words.ts'

const words = {
  plan: plannedTitle,
  done: { ja: '所属の予定を取り消しました。', en: 'What was planned was cancelled.' },
  gone: { ja: 'この予定は、すでに反映されたか、取り消されています。', en: 'It was made or cancelled already.' },
}

/** 取り消す */
export const cancelPlannedAction = portal.action({
  path: paths.cancelPlanned,
  allow: 'portal-administrator',
  words,
  back: paths.plannedMemberships,
  form: { id: { label: words.plan, value: rowId } },
  async submit(ctx, { input: { id }, words: text }) {
    const plan = await cancelPlanned(ctx, id)
    return redirect(paths.plannedMemberships, { notice: plan ? text.done : text.gone })
  },
})

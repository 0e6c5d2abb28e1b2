import { z } from 'zod'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { applyStaged } from '#features/user-groups/apply.ts'
import type { Conflict, ConflictingRight } from '#features/user-groups/conflict.ts'
import { shownText } from '#features/user-groups/effect-counts.ts'
import type { Effect } from '#features/user-groups/effect.ts'
import type { Group } from '#features/user-groups/group.ts'
import { previewStaged } from '#features/user-groups/preview.ts'
import { rowVersion } from '#platform/form.ts'
import { formatTime } from '#platform/time/format.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { notFound, problemAt, type Redirect, redirect, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { conflictSentence } from './conflict-words.ts'
import { EffectTable } from './effect-table.tsx'
import { lookAt, type Looked } from './opened-person.ts'
import { RightsTrail } from './rights-trail.tsx'
import { effectSentence, levelWord } from './words.ts'

const words = {
  title: { ja: '権限の変更の反映', en: 'Put the changes of rights into force' },
  lead: {
    ja: (n: number, group: string) => `「${group}」の権限の変更${n}件を、まとめて反映します。`,
    en: (n: number, group: string) =>
      `Puts ${n === 1 ? 'one change' : `${n} changes`} of “${group}” into force together.`,
  },
  nothing: { ja: '変更された権限はありません。', en: 'No right was changed.' },
  version: { ja: '版', en: 'Version' },
  cancel: userLabels.cancel,
  apply: rightLabels.apply,
  applied: { ja: '権限を適用しました。', en: 'The rights were applied.' },
  effectChanged: {
    ja: '確認している間に、変更の内容または権限が変わるユーザーが変わりました。最新の内容を確認してから、もう一度「適用する」を押してください。',
    en: 'The changes, or whose rights they change, are not what you were shown. Look at what they are now, then press “Apply” again.',
  },
  conflict: {
    ja: (by: string, at: string) => `${by}さんが${at}に同じグループの権限を変更しています`,
    en: (by: string, at: string) => `${by} changed the rights of the same group at ${at}`,
  },
  conflictText: {
    ja: 'あなたの変更は残っています。下の結果は、現在の権限にあなたの変更を加えたものです。',
    en: 'Your changes are kept. The result below is what they make of the rights as they are now.',
  },
  differences: {
    ja: (n: number) => `同じ設定への変更が${n}件あります。`,
    en: (n: number) =>
      n === 1 ? 'One of them is about the same setting.' : `${n} of them are about the same settings.`,
  },
  caption: { ja: '重なった変更', en: 'Settings changed by both' },
  about: { ja: '対象', en: 'For' },
  former: { ja: '選んだとき', en: 'When you chose' },
  inForce: { ja: '現在', en: 'Now' },
  chosen: { ja: 'あなたの変更', en: 'Your change' },
  allServices: rightLabels.allServices,
}

interface Data {
  group: Group
  effect: Effect<Conflict | null>
  looked: Looked
}

/** Who gains and who loses what, before what was chosen is put into force. */
export const applyGroupRightsPage = portal.page({
  path: paths.applyGroupRights,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | Redirect | typeof notFound> {
    const { id: groupId } = asked.params
    const looked = await lookAt(ctx, { kind: 'apply', groupId }, asked)
    const effect = await previewStaged(ctx, { groupId, place: looked.place })
    const { group } = effect
    if (!group || group.isAutomatic) return notFound
    if (group.staged > 0) return { group, effect, looked }
    return redirect(paths.groupRights({ id: group.id }), { notice: words.nothing[ctx.language] })
  },
  form: {
    version: { label: words.version, value: rowVersion, carried: true },
    shown: { label: words.version, value: z.string().max(100), carried: true },
  },
  critical: {
    async submit(ctx, { data: { group }, input, words: text }) {
      const applied = await applyStaged(ctx, group, input)
      if (!applied.ok) {
        const isOther = applied.problem === 'changed-meanwhile'
        return problemAt(undefined, isOther ? await conflictSentence(ctx, group.id) : text.effectChanged, applied)
      }
      return redirect(paths.groupRights({ id: group.id }), { notice: text.applied })
    },
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { group, effect, looked } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <RightsTrail group={group} language={language} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead(group.staged, group.name)} />
        <Conflicting {...view} />
        <EffectTable
          effect={effect}
          language={language}
          path={paths.applyGroupRights({ id: group.id })}
          query={{}}
          looked={looked}
          ofRights
        />
        <Form form={form}>
          {/* What the result above was made from, and what it was. */}
          <input type="hidden" name="version" value={group.rightsVersion} />
          <input type="hidden" name="shown" value={shownText(group.staged, effect.users)} />
          <CommitBar effect={effectSentence(effect.users, language)}>
            <ButtonLink kind="secondary" href={paths.setGroupRights({ id: group.id })}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.apply}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})

/** What somebody else has put into force since it was chosen. */
function Conflicting({ data, words: text, reader }: View<Data, typeof words>) {
  const conflict = data.effect.beside
  if (!conflict) return null
  const { language, now, timeZone: zone } = reader
  const level = (of: 'former' | 'inForce' | 'chosen') => (right: ConflictingRight) => levelWord(right[of], language)
  return (
    <>
      <Notice
        kind="warning"
        heading={text.conflict(conflict.by, formatTime(conflict.at, 'date-time', { zone, language, now }))}
      >
        {text.conflictText + (conflict.count > 0 ? text.differences(conflict.count) : '')}
      </Notice>
      {conflict.rights.length > 0 && (
        <Table
          caption={text.caption}
          rows={conflict.rights}
          rowKey={({ service, contract }) => `${service?.ja} ${contract}`}
          columns={[
            {
              label: text.about,
              header: true,
              cell: ({ service, contract }) =>
                [service?.[language] ?? text.allServices, contract].filter(Boolean).join(' '),
            },
            { label: text.former, phone: 'labelled', cell: level('former') },
            { label: text.inForce, phone: 'labelled', cell: level('inForce') },
            { label: text.chosen, phone: 'labelled', cell: level('chosen') },
          ]}
        />
      )}
    </>
  )
}

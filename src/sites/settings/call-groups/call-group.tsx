import { type CallGroup, findCallGroup } from '#features/call-groups/call-group.ts'
import { saveCallGroup, setGroup } from '#features/call-groups/save.ts'
import type { Contract } from '#features/contracts/find.ts'
import { findSuggestions, type Target } from '#features/inside-numbers/targets.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { Line, LineContext } from '#features/lines/open.ts'
import { allowOutside, findOutsideTargets, newOutside } from '#features/onward/outside-targets.ts'
import { findReservationsOf, type Reservation } from '#features/reservations/reservation.ts'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { type FormResult, type Input, notFound, redirect, type View } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { lastChangeOf } from '../parts/last-change.ts'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { Reserved } from '../parts/reserved.tsx'
import { groupKindWords } from '../parts/target-words.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { groupFields, groupProblem, groupValues, groupWords, planIn } from './group-fields.ts'
import { GroupFormFields } from './group-form.tsx'
import { onwardSaid, onwardWords } from '../parts/onward-words.ts'
import { type GroupForm, previewGroup } from './group-preview.ts'

const words = {
  title: { ja: '着信グループの編集', en: 'Edit the call group' },
  inside: { ja: (number: string) => `内線 ${number}`, en: (number: string) => `extension ${number}` },
  outside: { ja: (numbers: string) => `外線 ${numbers}`, en: (numbers: string) => `outside ${numbers}` },
  copy: { ja: 'ほかのご契約にも適用する', en: 'Apply to other contracts' },
  delete: { ja: 'このグループを削除する', en: 'Delete this group' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  version: { ja: '版', en: 'Version' },
  none: { ja: 'まだ変更していません。', en: 'Nothing is changed yet.' },
  changes: {
    ja: (count: number, what: string) => `${count}件の変更があります。${what}`,
    en: (count: number, what: string) => `Changes: ${count}. ${what}`,
  },
  between: { ja: '、', en: ', ' },
}

interface Data extends GroupForm {
  contract: Contract
  line: Line
  group: CallGroup
  suggestions: Target[]
  reservations: Reservation[]
  changed: string | undefined
}

const fields = {
  ...groupFields,
  ...dueFields,
  version: { label: words.version, value: rowVersion, carried: true },
} as const

/** 着信グループ設定: one group, and what rings, before it counts. */
export const callGroupPage = settings.page({
  path: paths.callGroup,
  allow: 'line',
  words,
  async load(ctx, { params, query }): Promise<Data | typeof notFound> {
    const [group, suggestions, known] = await Promise.all([
      findCallGroup(ctx, params.id),
      findSuggestions(ctx),
      findOutsideTargets(ctx),
    ])
    if (!group) return notFound
    const { contract, line } = ctx
    const reservations = await findReservationsOf(ctx, group.number)
    const names = new Map(group.members.map((member) => [member.number, member]))
    const beside = { known, names, candidates: undefined, call: undefined, refused: undefined }
    return { contract, line, group, suggestions, ...beside, reservations, changed: query['changed'] }
  },
  within: ({ contract }) => contract.service.code,
  form: fields,
  initial: ({ group }) => ({ ...groupValues(group), version: String(group.version) }),
  changedBy: (ctx, { group }) => lastChangeOf(ctx, group.number),
  said: {
    kind: (value, { language }) => said(value, language),
    onward: (value, { language }) => said(value, language),
    member: (number, { data: { names } }) => `${number} ${names.get(number)?.name ?? ''}`.trim(),
  },
  preview: (ctx, filled) =>
    previewGroup(ctx, filled, (changing, plan) => {
      const { group } = filled.data
      return setGroup(changing, group, { plan, version: group.version })
    }),
  submit: (ctx, { data, input }) => save(ctx, data, input),
  critical: {
    when: ({ data, input }) => newOutside(data, [planIn(input).afterwards], data.known).length > 0,
    async submit(ctx, { data, input }) {
      const plan = planIn(input)
      const allowed = await allowOutside(ctx, [plan.afterwards])
      if (allowed.ok) return save(ctx, data, input)
      return groupProblem(allowed.problem, { line: data.line, typed: plan.afterwards.number }, ctx.language)
    },
  },
  title: ({ data: { group } }) => group.name,
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, group, line, suggestions, changed } = data
    const { language } = reader
    const about = [
      text.inside(group.number),
      ...(group.numbers.length > 0 ? [text.outside(group.numbers.map(hyphened).join(text.between))] : []),
    ]
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={group.name}
          trail={[{ label: linkWords.callGroups[language], href: paths.callGroups({ contract: contract.id }) }]}
          about={about.join(' ')}
          changed={changed}
          actions={
            contract.mayEdit && (
              <>
                <a href={paths.copyCallGroup({ contract: contract.id, id: group.id })}>{text.copy}</a>{' '}
                <a href={paths.deleteCallGroup({ contract: contract.id, id: group.id })}>{text.delete}</a>
              </>
            )
          }
        />
        <Reserved contract={contract.id} line={line} reservations={data.reservations} reader={reader} />
        {!contract.mayEdit && <CurrentGroup group={group} language={language} />}
        {contract.mayEdit && (
          <GroupFormFields form={form} language={language} line={line} suggestions={suggestions} beside={data}>
            <input type="hidden" name="version" value={String(form.values['version'])} />
            <CommitBar effect={effectOf(view)}>
              <DueField form={form} language={language} line={line} />
              <ButtonLink kind="secondary" href={paths.callGroups({ contract: contract.id })}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.apply}</Button>
            </CommitBar>
          </GroupFormFields>
        )}
      </>
    )
  },
})

type Shown = View<Data, typeof words>

async function save(ctx: LineContext, data: Data, input: Input<typeof fields>): Promise<FormResult> {
  const { group, contract, line } = data
  const when = await reserving(ctx, input)
  if ('problems' in when) return when
  const plan = planIn(input)
  const saved = await saveCallGroup(when, group, { plan, version: input.version })
  if (saved.ok) return redirect(withChanged(paths.callGroup({ contract: contract.id, id: group.id }), saved.value))
  if (saved.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
  return groupProblem(saved.problem, { line, typed: plan.afterwards.number }, ctx.language)
}

/** What differs in the form from the group as it is. */
function effectOf({ data: { group }, form, words: text, reader: { language } }: Shown): string {
  const now = groupValues(group)
  const changes = (['name', 'number', 'kind', 'ringSeconds', 'onward', 'onwardTo'] as const).flatMap((name) => {
    const [before, after] = [String(now[name]), String(form.values[name] ?? '')]
    return before === after
      ? []
      : [`${groupWords[name][language]} ${said(before, language)} → ${said(after, language)}`]
  })
  const members = (['member', 'paused'] as const).flatMap((name) => {
    const [before, after] = [now[name], form.values[name] ?? []].map((each) => [each ?? []].flat().join(' '))
    return before === after ? [] : [groupWords[name === 'member' ? 'members' : 'paused'][language]]
  })
  const all = [...changes, ...members]
  return all.length === 0 ? text.none : text.changes(all.length, all.join(text.between))
}

function said(value: string, language: Language): string {
  const kinds: Readonly<Record<string, { ja: string; en: string } | undefined>> = { ...groupKindWords, ...onwardWords }
  return kinds[value]?.[language] ?? (value || '-')
}

/** The group as it is, for whoever only looks. */
function CurrentGroup({ group, language }: { group: CallGroup; language: Language }) {
  const { number, name, kind, ringSeconds, afterwards, members } = group
  return (
    <Facts
      facts={[
        { term: groupWords.number[language], value: number },
        { term: groupWords.name[language], value: name },
        { term: groupWords.kind[language], value: groupKindWords[kind][language] },
        { term: groupWords.ringSeconds[language], value: ringSeconds },
        { term: groupWords.onward[language], value: onwardSaid(afterwards, language) },
        {
          term: groupWords.members[language],
          value: (
            <ol>
              {members.map((member) => (
                <li key={member.number}>
                  {member.number} {member.name} {member.isPaused && `（${groupWords.paused[language]}）`}
                </li>
              ))}
            </ol>
          ),
        },
      ]}
    />
  )
}

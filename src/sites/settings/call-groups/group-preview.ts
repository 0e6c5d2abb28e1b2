import { type Candidate, findCandidates, findNames } from '#features/call-groups/candidates.ts'
import { type GroupPlan, type GroupProblem } from '#features/call-groups/save.ts'
import { type CallOutcome, whoRings } from '#features/call-routing/who-rings.ts'
import { tryChange, type TryingLine } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { assumeOutside } from '#features/onward/outside-targets.ts'
import type { FormValues } from '#platform/form.ts'
import type { Outcome } from '#platform/outcome.ts'
import { termsOf } from '#platform/list/keywords.ts'
import type { Preview } from '#platform/web/page.ts'
import { parseFields } from '#platform/web/form-input.ts'
import { groupFields, planIn } from './group-fields.ts'

/** What the form of a group shows beside its fields. */
export interface GroupForm {
  /** Numbers outside that were confirmed for the line. */
  known: ReadonlySet<string>
  /** Of the members, by number. */
  names: ReadonlyMap<string, { name: string; isEnabled: boolean }>
  /** Whom the keyword finds; undefined: nobody was looked for. */
  candidates: Candidate[] | undefined
  /** What would ring; undefined: not asked, or what was entered cannot be saved. */
  call: CallOutcome | undefined
  /** Why what was entered cannot be tried. */
  refused: GroupProblem | 'incomplete' | undefined
}

type TryPlan = (ctx: TryingLine, plan: GroupPlan) => Promise<Outcome<unknown, GroupProblem>>

/** Does what a button of the form asks that saves nothing: moves, takes out, finds, puts in, or tries what was entered. */
export async function previewGroup<Data extends GroupForm>(
  ctx: LineContext,
  { data, values }: { data: Data; values: FormValues },
  tryPlan: TryPlan,
): Promise<Preview<Data>> {
  const [asked = '', number = ''] = String(values['do'] ?? '').split(' ')
  const before = [values['member'] ?? []].flat()
  const member = movedBy(asked, number, before)
  const isTry = asked === 'preview'
  const kept: FormValues = { ...values, member, do: isTry ? 'preview' : '' }
  const terms = termsOf(String(values['q'] ?? ''))
  const tried = isTry ? await tryGroup(ctx, kept, tryPlan) : { call: undefined, refused: undefined }
  const [names, candidates] = await Promise.all([
    findNames(ctx, member),
    terms.length > 0 ? findCandidates(ctx, { terms, without: member }) : undefined,
  ])
  return { data: { ...data, names, candidates, ...tried }, values: kept, submits: asked === '' }
}

function movedBy(asked: string, number: string, members: readonly string[]): string[] {
  const at = members.indexOf(number)
  if (asked === 'in') return at < 0 && number !== '' ? [...members, number] : [...members]
  if (at < 0) return [...members]
  const others = members.filter((each) => each !== number)
  if (asked === 'out') return others
  const to = asked === 'up' ? at - 1 : asked === 'down' ? at + 1 : at
  return others.toSpliced(Math.max(0, to), 0, number)
}

async function tryGroup(
  ctx: LineContext,
  values: FormValues,
  tryPlan: TryPlan,
): Promise<Pick<GroupForm, 'call' | 'refused'>> {
  const parsed = parseFields(groupFields, values)
  if (!parsed.ok) return { call: undefined, refused: 'incomplete' }
  const plan = planIn(parsed.input)
  const tried = await tryChange(
    ctx,
    async (trying) => {
      await assumeOutside(trying, [plan.afterwards])
      return tryPlan(trying, plan)
    },
    (changing) => whoRings(changing, { called: plan.number, at: ctx.now, busy: [], unreachable: [] }),
  )
  if (tried.ok) return { call: tried.value, refused: undefined }
  return { call: undefined, refused: tried.problem === 'may-not-edit' ? 'incomplete' : tried.problem }
}

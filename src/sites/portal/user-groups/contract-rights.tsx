import { z } from 'zod'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import {
  isContractRuleKey,
  type ContractRule,
  type ContractRules,
  listContractRules,
} from '#features/user-groups/contract-rules.ts'
import { stageContractRights, stageMatchingContracts } from '#features/user-groups/stage.ts'
import { rowVersion } from '#platform/form.ts'
import { keywordOf, longestKeyword, termsOf } from '#platform/list/keywords.ts'
import { type Place, placeOf } from '#platform/list/paging.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { SelectField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { ListFilter } from '#platform/ui/list/list-filter.tsx'
import { hrefOf, listAsAsked, numberIn } from '#platform/ui/list/list-query.tsx'
import { ListTools } from '#platform/ui/list/list-tools.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { notFound, problemAt, type Redirect, redirect, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { conflictSentence } from './conflict-words.ts'
import { EffectiveParts, EffectiveRight } from './effective-right.tsx'
import { SavedState, Unsent } from './unsent.tsx'
import { changedChoices, contractChoiceFields, RightChoice } from './right-choice.tsx'
import { RightsTrail } from './rights-trail.tsx'
import { contractRightsWords as words } from './contract-rights-words.ts'
import { choices, choiceWords, levelOf } from './words.ts'

interface Data extends ContractRules {
  keyword: string
  size: string | undefined
  place: Place
}

const formId = 'rights'
/** What the field `to` says beside the steps of a list. */
const allMatching = 'all'

/** The rights of a group for single contracts of a service: noted, and in force only with the others. */
export const setContractRightsPage = portal.page({
  path: paths.setContractRights,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const { id: groupId } = asked.params
    const keyword = keywordOf(asked.query)
    const place = placeOf(asked.query, { isKey: isContractRuleKey, size: 100 })
    const serviceCode = asked.params.code
    const rights = await listContractRules(ctx, { groupId, serviceCode, terms: termsOf(keyword), place })
    if (!rights || rights.group.isAutomatic) return notFound
    return { ...rights, keyword, size: asked.query.size, place }
  },
  form: {
    ...contractChoiceFields,
    version: { label: words.version, value: rowVersion, carried: true },
    to: { label: words.to, value: z.string().max(1000).optional() },
    q: { label: contractLabels.keyword, value: z.string().max(longestKeyword).optional() },
    size: { label: contractLabels.pageSize, value: z.string().max(10).optional() },
    level: { label: words.choice, value: z.enum(['', ...choices]).optional() },
  },
  async submit(ctx, { data, input, words: text }) {
    const { group, service, keyword, total } = data
    const staging = { group, version: input.version }
    const chosen = { serviceId: service.id, contracts: changedChoices(input) }
    const staged = await stageContractRights(ctx, staging, chosen)
    if (!staged.ok) return problemAt(undefined, await conflictSentence(ctx, group.id), staged)
    if (input.to !== allMatching) return nextPage(data, input)
    const { level } = input
    if (!level) return problemAt('level', text.chooseLevel, { keep: true })
    const matching = { serviceId: service.id, terms: termsOf(keyword), level: levelOf(level) }
    await stageMatchingContracts(ctx, staging, matching)
    const notice = text.staged(numberIn(ctx.language, total))
    return redirect(hrefOf(ownPath(data), { q: keyword, size: data.size }), { notice })
  },
  title: ({ data: { service }, reader: { language } }) => service.name[language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { group, service, all } = data
    const { language } = reader
    const name = service.name[language]
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <RightsTrail group={group} language={language} current={name} />
        <PageHeading heading={name} lead={text.lead(group.name)} />
        {all > 0 ? (
          <Listed {...view} />
        ) : (
          <EmptyState
            icon="document"
            heading={text.none}
            action={
              <ButtonLink kind="secondary" href={paths.setGroupRights({ id: group.id })}>
                {text.back}
              </ButtonLink>
            }
          >
            {text.noneText}
          </EmptyState>
        )}
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Listed(view: Shown) {
  const { data, form, words: text, reader } = view
  const { language } = reader
  const { group, rows, total, all, keyword, size, place } = data
  const path = ownPath(data)
  const list = { language, path, posts: formId }
  const [first, last] = [rows[0], rows.at(-1)]
  return (
    <>
      <SavedState language={language} />
      <ListFilter {...list} query={{ size }} keyword={keyword} />
      <ListTools
        {...list}
        query={{ q: keyword, size }}
        place={place}
        total={total}
        all={keyword === '' ? undefined : all}
        edges={first && last && { first: [first.number], last: [last.number] }}
      />
      <Form form={form} id={formId} guard>
        <input type="hidden" name="version" value={group.rightsVersion} />
        {first ? (
          <div>
            <AllMatching {...view} />
            <Table caption={text.caption} rows={rows} rowKey={({ id }) => id} columns={columnsOf(view)} />
          </div>
        ) : (
          <EmptyState
            icon="search"
            heading={text.noMatch}
            action={
              <ButtonLink kind="secondary" href={path}>
                {text.clear}
              </ButtonLink>
            }
          >
            {text.noMatchText}
          </EmptyState>
        )}
        <EffectiveParts language={language} />
        <CommitBar
          effect={
            <>
              {text.commit(group.staged)} <Unsent language={language} />
            </>
          }
        >
          <ButtonLink kind="secondary" href={paths.setGroupRights({ id: group.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.apply}</Button>
        </CommitBar>
      </Form>
    </>
  )
}

/** One level for whatever the filter finds, on this page or not. */
function AllMatching({ data, form, words: text, reader: { language } }: Shown) {
  return (
    <div class="bulk">
      <SelectField
        form={form}
        language={language}
        name="level"
        label={text.allMatching(numberIn(language, data.total))}
        placeholder={text.choose}
        options={choices.map((value) => ({ value, label: choiceWords[value][language] }))}
      />
      <Button kind="secondary" small name="to" value={allMatching}>
        {text.set}
      </Button>
    </div>
  )
}

function columnsOf({ data, form, words: text, reader: { language } }: Shown): Column<ContractRule>[] {
  const { service, wider } = data
  return [
    {
      label: text.number,
      header: true,
      cell: ({ number }) => (
        <>
          {number}
          <div class="small-text">{service.name[language]}</div>
        </>
      ),
    },
    { label: text.site, long: true, cell: ({ site }) => site },
    { label: text.memo, long: true, cell: ({ memo }) => memo },
    {
      label: text.choice,
      phone: 'below',
      cell: ({ id, number, ...rule }) => (
        <RightChoice form={form} language={language} id={id} name={number} rule={rule} />
      ),
    },
    {
      label: text.effective,
      phone: 'beside',
      cell: ({ id, chosen }) => (
        <EffectiveRight
          given={{ ...wider, contract: chosen }}
          follows={{ id, layer: 'contract' }}
          language={language}
        />
      ),
    },
  ]
}

function ownPath({ group, service }: Data): string {
  return paths.setContractRights({ id: group.id, code: service.code })
}

/** To another part of the list, or back to the rights of all services. */
function nextPage(data: Data, { to, q, size }: Partial<Record<'to' | 'q' | 'size', string | undefined>>): Redirect {
  const path = ownPath(data)
  if (to === listAsAsked) return redirect(hrefOf(path, { q, size }))
  if (to === path || to?.startsWith(`${path}?`)) return redirect(to)
  return redirect(paths.setGroupRights({ id: data.group.id }))
}

import { mostNumbersShown, type ShownAffects } from '#features/outages/outage.ts'
import { setAffects } from '#features/outages/set-affects.ts'
import { listServices, type ListedService } from '#features/services/list.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import type { Misfit } from '#platform/put.ts'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { AffectsFields, affectsFields, typedOf } from './affects-form.tsx'
import { type NamedAt, namedAt, readNumbers, readSites, readValues } from './affects-lines.ts'
import { lastChangeOfOutage, loadOutage, type ShownOutage } from './load-outage.ts'
import { OutageTrail } from './outage-trail.tsx'
import { DraftSteps } from './steps.tsx'
import { outageWords } from './words.ts'

const words = {
  ...outageWords,
  title: { ja: '影響範囲', en: 'What it affects' },
  effectDraft: {
    ja: '次の画面で、影響するご契約と届く範囲を確認します。お客様にはまだ表示されません。',
    en: 'The next page shows whom it reaches. No customer sees it yet.',
  },
  effect: {
    ja: '次の画面で、増減するご契約を確認してから反映します。お客様にはまだ反映されません。',
    en: 'The next page shows what would change. Nothing changes for customers yet.',
  },
  next: { ja: '届く範囲を確認する', en: 'See whom it reaches' },
  'names-nothing': {
    ja: '影響範囲が指定されていません。サービス、グループ番号、拠点、都道府県、ご契約番号のいずれかを指定してください。',
    en: 'Nothing is named. Name a service, a group number, a site, a prefecture or a contract.',
  },
  'too-many-numbers': {
    ja: 'ご契約番号は10万件まで指定できます。サービスなどの条件で指定してください。',
    en: 'Up to 100,000 numbers can be named. Name what they have in common instead.',
  },
  'unknown-service': {
    ja: '選択したサービスが見つかりません。サービスを選び直してください。',
    en: 'A service that you chose is no longer there. Choose again.',
  },
  'no-such-site': {
    ja: (at: string) => `見つからない拠点があります：${at}。お客様コードと拠点コードを確認してください。`,
    en: (at: string) => `There are no such sites: ${at}. Check the codes of customer and site.`,
  },
  'no-such-group': {
    ja: (at: string) => `見つからないグループ番号があります：${at}。番号を確認してください。`,
    en: (at: string) => `There are no such group numbers: ${at}. Check the numbers.`,
  },
  'no-such-contract': {
    ja: (at: string) => `見つからないご契約番号があります：${at}。番号を確認してください。`,
    en: (at: string) => `There are no such contracts: ${at}. Check the numbers.`,
  },
  badFile: {
    ja: 'ファイルを読み込めませんでした。ご契約番号の列がある、UTF-8かShift_JISのCSVファイルを選択してください。',
    en: 'The file could not be read. Choose a CSV file in UTF-8 or Shift_JIS with a column of contract numbers.',
  },
}

interface Data extends ShownOutage {
  services: ListedService[]
  /** From which whoever edits begins. */
  affects: ShownAffects
}

/** Says which contracts an outage concerns; of one that was published it counts only once it is applied. */
export const setAffectsPage = staffConsole.page({
  path: paths.setAffects,
  allow: 'content',
  words,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const shown = await loadOutage(ctx, id, ({ state, stage }) => state !== 'withdrawn' && stage !== 'over')
    if (shown === notFound) return notFound
    const { affects, nextAffects } = shown.outage
    return { ...shown, services: await listServices(ctx.tx), affects: nextAffects ?? affects }
  },
  form: { ...affectsFields, version: { label: words.version, value: rowVersion, carried: true } },
  initial: ({ outage: { version }, affects }) => ({ ...typedOf(affects), version: String(version) }),
  changedBy: (ctx, shown) => lastChangeOfOutage(ctx, shown),
  async prepare(_preparation, { file: [file] }) {
    return file ? readNumbers(file.bytes) : []
  },
  async submit(ctx, { data: { outage, affects }, input, prepared: inFile, words: text }) {
    if (!inFile) return problemAt('file', text.badFile)
    const typed = readTyped(input)
    const keepsNumbers = affects.numbers > mostNumbersShown && input.numbers !== 'replace'
    const set = await setAffects(
      ctx,
      { id: outage.id, version: input.version },
      {
        services: input.services,
        prefectures: input.prefectures,
        groupNumbers: typed.groupNumbers.map(({ value }) => value),
        sites: typed.sites,
        contracts: [...typed.contracts, ...inFile].map(({ value }) => value),
        keepsNumbers,
      },
    )
    if (set.ok) return redirect(paths.publishOutage({ id: outage.id }))
    if (!('misfits' in set)) {
      const { problem } = set
      return problemAt(undefined, problem === 'changed-meanwhile' ? text.meanwhile : text[problem], set)
    }
    if (set.problem === 'unknown-service') return problemAt('services', text[set.problem], set)
    const { field, wrong } = wrongIn(set.misfits, { ...typed, inFile })
    return problemAt(field, text[set.problem](namedAt[ctx.language](wrong)), set)
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { outage, services, affects }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <OutageTrail outage={outage} language={language} current={text.title} />
      <PageHeading heading={text.title} lead={outage.title[language]} />
      {outage.state === 'draft' && <DraftSteps current={2} language={language} />}
      <Form form={form} layout="page" guard withFile>
        <input type="hidden" name="version" value={outage.version} />
        <AffectsFields form={form} language={language} services={services} affects={affects} />
        <CommitBar effect={outage.state === 'draft' ? text.effectDraft : text.effect}>
          <ButtonLink kind="secondary" href={paths.outage({ id: outage.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.next}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})

interface Typed {
  groupNumbers: NamedAt[]
  sites: (NamedAt & { customer: string; site: string })[]
  contracts: NamedAt[]
}

function readTyped(input: Record<'groupNumbers' | 'sites' | 'contracts', string>): Typed {
  return {
    groupNumbers: readValues(input.groupNumbers),
    sites: readSites(input.sites),
    contracts: readValues(input.contracts),
  }
}

/** In which field, and in which lines of it, what nobody has stands: of one field at a time. */
function wrongIn(
  misfits: readonly Misfit[],
  { inFile, ...typed }: Typed & { inFile: readonly NamedAt[] },
): { field: keyof typeof affectsFields; wrong: NamedAt[] } {
  const places = misfits.map(({ at: [, name, index] }) => ({ name, index: Number(index) }))
  for (const field of ['sites', 'groupNumbers', 'contracts'] as const) {
    const wrong = places.flatMap(({ name, index }) => (name === field ? (typed[field][index] ?? []) : []))
    if (wrong.length > 0) return { field, wrong }
  }
  // The numbers of the file stand behind those that were typed.
  return { field: 'file', wrong: places.flatMap(({ index }) => inFile[index - typed.contracts.length] ?? []) }
}

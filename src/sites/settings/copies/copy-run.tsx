import type { Contract } from '#features/contracts/find.ts'
import { type CopyRun, findRun } from '#features/line-copies/run.ts'
import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound } from '#platform/web/page.ts'
import { LineHeading } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { CopyOutcomes } from './copy-outcomes.tsx'

const words = {
  title: { ja: 'ほかのご契約に適用した結果', en: 'Applied to other contracts' },
  what: { ja: '適用した内容', en: 'What was applied' },
  at: { ja: '日時', en: 'Time' },
}

interface Data {
  contract: Contract
  run: CopyRun
}

/** What has become of a copying, for whoever has done it. */
export const copyRunPage = settings.page({
  path: paths.copyRun,
  allow: 'line',
  words,
  async load(ctx, { params }): Promise<Data | typeof notFound> {
    const run = await findRun(ctx, params.id)
    return run ? { contract: ctx.contract, run } : notFound
  },
  within: ({ contract }) => contract.service.code,
  title: ({ words: text }) => text.title,
  view: ({ data: { contract, run }, words: text, reader: { language, timeZone: zone, now } }) => (
    <>
      <LineHeading language={language} contract={{ ...contract, mayEdit: true }} heading={text.title} />
      <Facts
        facts={[
          { term: text.what, value: `${lineActionWords[run.action][language]} ${run.subject}`.trim() },
          { term: text.at, value: <Time at={run.at} zone={zone} language={language} now={now} /> },
        ]}
      />
      <CopyOutcomes outcomes={run.outcomes} language={language} />
    </>
  ),
})

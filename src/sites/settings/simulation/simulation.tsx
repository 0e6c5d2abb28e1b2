import { type CallOutcome, whoRings } from '#features/call-routing/who-rings.ts'
import type { Contract } from '#features/contracts/find.ts'
import { hyphened, insideNumber, outsideNumber } from '#features/inside-numbers/values.ts'
import { findSuggestions, findTargets, type Target } from '#features/inside-numbers/targets.ts'
import type { Line } from '#features/lines/open.ts'
import { formatTime } from '#platform/time/format.ts'
import { momentAt, wallClockOf } from '#platform/time/wall-clock.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import type { View } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { LineHeading } from '../parts/line-heading.tsx'
import { RingPlan } from '../parts/ring-plan.tsx'
import { Suggestions, suggestionsId } from '../parts/target-words.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = {
  title: linkWords.simulation,
  lead: {
    ja: '指定した条件で着信したとき、どの電話機がいつ鳴るかを確認できます。実際の電話は鳴りません。通話中の内線や未接続の電話機は、下の欄で指定してください。このページのアドレスを送ると、同じ結果を共有できます。',
    en: 'See which telephone rings when, for a call as you imagine it. No real telephone rings. Say below who is busy and whose telephone is not connected. The address of this page holds the call, so it can be sent.',
  },
  engine: {
    ja: 'エンジン：未接続（シミュレーションのみ）',
    en: 'No telephone engine is connected: simulation only',
  },
  called: { ja: '着信した番号または内線', en: 'Number or extension that is called' },
  calledHint: {
    ja: '外線番号、内線番号、着信グループの番号を入力します。',
    en: 'An outside number, an extension or a call group.',
  },
  at: { ja: '着信する日時', en: 'Date and time of the call' },
  zone: { ja: (zone: string) => `${zone} の時刻です。`, en: (zone: string) => `As of ${zone}.` },
  busy: { ja: '通話中の内線', en: 'Extensions that are busy' },
  unreachable: { ja: '未接続の内線', en: 'Extensions that are not connected' },
  listHint: { ja: '内線番号を空白で区切って入力します。', en: 'Extension numbers, separated by spaces.' },
  see: { ja: '鳴る順番を確認する', en: 'See what will ring' },
  unreadable: {
    ja: (typed: string) =>
      `「${typed}」は番号として読み取れません。外線番号、内線番号または着信グループを入力してください。`,
    en: (typed: string) => `“${typed}” is no number. Enter an outside number, an extension or a call group.`,
  },
  result: {
    ja: (at: string, called: string) => `${at}に${called}へ着信したとき`,
    en: (at: string, called: string) => `A call to ${called} at ${at}`,
  },
}

interface Data {
  contract: Contract
  line: Line
  suggestions: Target[]
  /** As typed. */
  typed: Record<'called' | 'busy' | 'unreachable', string>
  at: Date
  called: string | undefined
  call: CallOutcome | undefined
}

/** 着信シミュレーション: everything that is asked stands in the address. */
export const simulationPage = settings.page({
  path: paths.simulation,
  allow: 'line',
  words,
  async load(ctx, { query }): Promise<Data> {
    const { contract, line, now } = ctx
    const given = (name: string): string => query[name] ?? ''
    const typed = { called: given('called'), busy: given('busy'), unreachable: given('unreachable') }
    const at = momentAt(given('at'), line.timeZone) ?? now
    const [suggestions, targets] = await Promise.all([
      findSuggestions(ctx),
      findTargets(ctx, typed.called.trim() === '' ? [] : [typed.called]),
    ])
    const called = targets.get(typed.called)?.number ?? numberIn(typed.called)
    const call =
      called === undefined
        ? undefined
        : await whoRings(ctx, { called, at, busy: listIn(typed.busy), unreachable: listIn(typed.unreachable) })
    return { contract, line, suggestions, typed, at, called, call }
  },
  within: ({ contract }) => contract.service.code,
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text, reader } = view
    const { contract, typed, call, called } = data
    const { language } = reader
    return (
      <>
        <LineHeading language={language} contract={{ ...contract, mayEdit: true }} heading={text.title} />
        <Notice kind="info" heading={text.engine}>
          {text.lead}
        </Notice>
        <Asked {...view} />
        {typed.called.trim() !== '' && called === undefined && (
          <Notice kind="warning" live>
            {text.unreadable(typed.called)}
          </Notice>
        )}
        {call && called !== undefined && <Answered {...view} call={call} called={called} />}
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Asked({ data, words: text }: Shown) {
  const { contract, line, suggestions, typed, at } = data
  const texts = ['busy', 'unreachable'] as const
  return (
    <form class="form form-page" method="get" action={paths.simulation({ contract: contract.id })}>
      <Suggestions targets={suggestions} />
      <div class="field">
        <label class="field-label" for="called">
          {text.called}
        </label>
        <input
          class="input"
          id="called"
          name="called"
          list={suggestionsId}
          value={typed.called}
          autocomplete="off"
          aria-describedby="called-hint"
        />
        <p class="field-hint" id="called-hint">
          {text.calledHint}
        </p>
      </div>
      <div class="field">
        <label class="field-label" for="at">
          {text.at}
        </label>
        <input
          class="input input-medium"
          id="at"
          name="at"
          {...{ type: 'datetime-local' }}
          value={wallClockOf(at, line.timeZone)}
          aria-describedby="at-hint"
        />
        <p class="field-hint" id="at-hint">
          {text.zone(line.timeZone)}
        </p>
      </div>
      {texts.map((name) => (
        <div class="field" key={name}>
          <label class="field-label" for={name}>
            {text[name]}
          </label>
          <input
            class="input"
            id={name}
            name={name}
            value={typed[name]}
            autocomplete="off"
            aria-describedby={`${name}-hint`}
          />
          <p class="field-hint" id={`${name}-hint`}>
            {text.listHint}
          </p>
        </div>
      ))}
      <div>
        <Button icon="play">{text.see}</Button>
      </div>
    </form>
  )
}

function Answered({
  data,
  words: text,
  reader: { language, now },
  call,
  called,
}: Shown & { call: CallOutcome; called: string }) {
  const at = formatTime(data.at, 'date-time', { zone: data.line.timeZone, language, now })
  return (
    <Section heading={text.result(at, called.startsWith('0') ? hyphened(called) : called)}>
      <Panel>
        <RingPlan call={call} called={called} language={language} />
      </Panel>
    </Section>
  )
}

function numberIn(typed: string): string | undefined {
  const inside = insideNumber.safeParse(typed)
  const outside = outsideNumber.safeParse(typed)
  return inside.success ? inside.data : outside.success ? outside.data : undefined
}

function listIn(typed: string): string[] {
  return typed
    .normalize('NFKC')
    .split(/[\s,、]+/u)
    .filter(Boolean)
    .slice(0, 50)
}

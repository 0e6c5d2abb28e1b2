import type { JSX } from 'preact'
import type { CallOutcome, Ring, Why } from '#features/call-routing/who-rings.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { groupKindWords } from './target-words.tsx'

const words = {
  unknown: {
    ja: 'この番号は、このご契約で使われていません。「おかけになった電話番号は現在使われておりません」となります。',
    en: 'No such number is in use in this contract: callers are told that it does not exist.',
  },
  nobody: { ja: 'どの電話機も鳴りません。', en: 'No telephone rings.' },
  cut: {
    ja: '転送が深いか、鳴らす電話機が多いため、途中で打ち切られます（転送は3段、呼び出しは64回まで）。',
    en: 'The call is given up on the way: it is passed on more than three times, or rings more than 64 telephones in a row.',
  },
  closed: { ja: '営業時間外です。', en: 'Outside of business hours.' },
  ends: {
    ja: (seconds: number) => `だれも出ないときは、${seconds}秒で切れます。`,
    en: (seconds: number) => `If nobody answers, the call ends after ${seconds} seconds.`,
  },
  rings: {
    ja: (from: number, to: number) => `${from}〜${to}秒 鳴る`,
    en: (from: number, to: number) => `rings ${from}–${to} s`,
  },
  outside: {
    ja: (from: number, to: number) => `${from}〜${to}秒 外線へ転送`,
    en: (from: number, to: number) => `to outside ${from}–${to} s`,
  },
  voicemail: { ja: (from: number) => `${from}秒〜 応答`, en: (from: number) => `answers from ${from} s` },
  busy: { ja: '通話中（鳴りません）', en: 'busy, does not ring' },
  unreachable: { ja: '未接続（鳴りません）', en: 'not connected, does not ring' },
  voicemailOf: { ja: (name: string) => `留守番電話（${name}）`, en: (name: string) => `Voicemail (${name})` },
  caption: { ja: '鳴る順番', en: 'What rings' },
  way: { ja: '経路', en: 'Way' },
  number: { ja: (number: string) => `外線 ${number}`, en: (number: string) => `Number ${number}` },
  whenClosed: { ja: '営業時間外の着信先', en: 'target outside of business hours' },
  dialled: { ja: (number: string) => `内線 ${number}`, en: (number: string) => `Extension ${number}` },
  afterNobody: {
    ja: (group: string) => `「${group}」でだれも出ないとき`,
    en: (group: string) => `nobody answers in “${group}”`,
  },
  forward: { ja: (number: string) => `${number}の転送`, en: (number: string) => `forward of ${number}` },
  arrow: { ja: ' → ', en: ' → ' },
  evenNote: {
    ja: '均等のグループは、実際には前回鳴った人の次から鳴ります。ここでは上のメンバーから始めています。',
    en: 'Groups that ring in turn go on after whoever rang last. Here they begin with the first member.',
  },
}

export interface RingPlanProps {
  call: CallOutcome
  /** As it was dialled. */
  called: string
  language: Language
}

/** What a call leads to, as a sentence and as a line for each telephone. */
export function RingPlan({ call, called, language }: RingPlanProps): JSX.Element {
  const text = inLanguage(words, language)
  const { rings, groups } = call
  const end = Math.max(0, ...rings.map(({ to }) => to))
  const scale = end + (rings.some(({ state }) => state === 'voicemail') ? end / 4 || 1 : 0) || 1
  const hasEven = Object.values(groups).some(({ kind }) => kind === 'even')
  const isAnswered = rings.some(({ state }) => state === 'voicemail')
  return (
    <div role="status">
      {call.code === 404 && <Notice kind="warning">{text.unknown}</Notice>}
      {call.open === false && <p>{text.closed}</p>}
      {call.code !== 404 && !rings.some(({ state }) => state === 'rings' || state === 'outside' || isAnswered) && (
        <Notice kind="warning">{text.nobody}</Notice>
      )}
      {call.cut && <Notice kind="warning">{text.cut}</Notice>}
      {rings.length > 0 && (
        <>
          <p>
            <b>{text.way}：</b>
            {wayOf(call, called, language)}
          </p>
          <ol class="ring-plan" aria-label={text.caption}>
            {rings.map((ring, at) => (
              <li key={`${ring.step} ${ring.number} ${at}`}>
                <span>{nameOf(ring, language)}</span>
                <Bar ring={ring} scale={scale} />
                <span class="small-text number">{stateOf(ring, language)}</span>
              </li>
            ))}
          </ol>
          {!isAnswered && end > 0 && <p class="small-text">{text.ends(end)}</p>}
          {hasEven && <p class="small-text">{text.evenNote}</p>}
        </>
      )}
    </div>
  )
}

function Bar({ ring: { from, to, state }, scale }: { ring: Ring; scale: number }) {
  const percent = (second: number): string => `${Math.round((second / scale) * 1000) / 10}%`
  const isEnd = state === 'voicemail'
  return (
    <svg class="ring-track" aria-hidden="true">
      {(isEnd || to > from) && (
        <rect
          class={isEnd ? 'ring-bar-end' : 'ring-bar'}
          x={percent(from)}
          width={percent((isEnd ? scale : to) - from)}
          height="100%"
          rx="4"
        />
      )}
    </svg>
  )
}

function nameOf({ number, name, state }: Ring, language: Language): string {
  const text = inLanguage(words, language)
  if (state === 'outside') return hyphened(number)
  const extension = `${number} ${name}`.trim()
  return state === 'voicemail' ? text.voicemailOf(extension) : extension
}

function stateOf({ state, from, to }: Ring, language: Language): string {
  const text = inLanguage(words, language)
  if (state === 'rings') return text.rings(from, to)
  if (state === 'outside') return text.outside(from, to)
  return state === 'voicemail' ? text.voicemail(from) : text[state]
}

/** 「外線 03-0000-2001 → 代表グループ（順次） → …」: each stage once, in the order in which the call comes to it. */
function wayOf({ rings, groups }: CallOutcome, called: string, language: Language): string {
  const text = inLanguage(words, language)
  const groupName = (number: string): string => {
    const group = groups[number]
    return group ? `${group.name}（${groupKindWords[group.kind][language]}）` : number
  }
  const start = called.startsWith('0') ? text.number(hyphened(called)) : text.dialled(called)
  const stage = ({ kind, number }: Why): string | undefined => {
    if (kind === 'group') return groupName(number)
    if (kind === 'closed') return text.whenClosed
    if (kind === 'nobody') return text.afterNobody(groups[number]?.name ?? number)
    return kind === 'forward' ? text.forward(number) : undefined
  }
  const stages = rings.flatMap(({ why }) => stage(why) ?? [])
  return [start, ...new Set(stages)].join(text.arrow)
}

import type { JSX } from 'preact'
import type { SiteMark } from '#features/network-map/list.ts'
import { prefectures } from '#features/network-map/prefectures.ts'
import { type ContractStatus, contractStatuses } from '#features/subjects/contract-status.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { contractStatusWords } from '#sites/frame/states/contract-status.tsx'
import { paths } from '../paths.ts'
import { type Cluster, clustersOf, type LabelPlace, labelPlaces } from './clusters.ts'
import { coastIn } from './coast.ts'
import { frameAround, frameOfJapan, mapSize } from './map-frames.ts'
import { prefectureName } from './words.ts'

const words = {
  map: { ja: '日本地図上の拠点', en: 'Sites on a map of Japan' },
  mapOf: { ja: (area: string) => `${area}の拠点`, en: (area: string) => `Sites in ${area}` },
  sites: { ja: (n: number) => `${n}拠点`, en: (n: number) => `${n} sites` },
  more: { ja: (name: string) => `${name}ほか`, en: (name: string) => `${name} and more` },
  between: { ja: '、', en: ', ' },
  numbers: { ja: '数字は拠点の数。地図：Natural Earth を加工', en: 'Numbers: sites. Map: made from Natural Earth' },
}

export interface MapFigureProps {
  marks: readonly SiteMark[]
  /** Prefectures that are shown enlarged; undefined: all of Japan. */
  area: readonly number[] | undefined
  language: Language
}

/** The map. What it shows stands in the list below it, too. */
export function MapFigure({ marks, area, language }: MapFigureProps): JSX.Element {
  const text = inLanguage(words, language)
  const positions = marks.map(({ position }) => position)
  const frames = area ? frameAround(area, positions) : frameOfJapan
  const clusters = clustersOf(marks, frames)
  const names = clusters.map((cluster) => nameOf(cluster, language))
  const places = labelPlaces(clusters, names, mapSize)
  const label = area ? text.mapOf(area.map((code) => prefectureName(code, language)).join(text.between)) : text.map
  const seen = contractStatuses.filter((status) => isInLegend(status, marks))
  return (
    <figure class="site-map">
      <svg viewBox={`0 0 ${mapSize.width} ${mapSize.height}`} role="group" aria-label={label}>
        {frames.toReversed().map(({ window, box, name }) => (
          <>
            {name && <rect class="inset" {...box} />}
            <path class="land" d={coastIn(window, box)} />
            {name && (
              <text class="map-caption" x={box.x + 6} y={box.y + 20}>
                {name[language]}
              </text>
            )}
          </>
        ))}
        {clusters.map((cluster, index) => (
          <Mark
            key={cluster.marks[0].id}
            cluster={cluster}
            name={names[index] ?? ''}
            label={places[index]}
            area={area}
            language={language}
          />
        ))}
      </svg>
      <figcaption class="map-legend">
        {seen.map((status) => (
          <span key={status}>
            <svg viewBox="-10 -10 20 20" aria-hidden="true">
              <Shape status={status} size={8} />
            </svg>{' '}
            {contractStatusWords[status][language]}
          </span>
        ))}
        <span class="small-text">{text.numbers}</span>
      </figcaption>
    </figure>
  )
}

function isInLegend(status: ContractStatus, marks: readonly SiteMark[]): boolean {
  return ['fault', 'works', 'normal'].includes(status) || marks.some((mark) => mark.status === status)
}

/** The site's own name; of several, that of the prefecture where most of them are. */
function nameOf({ marks: [first, ...rest] }: Cluster, language: Language): string {
  if (rest.length === 0) return first.name
  const byPrefecture = [...Map.groupBy([first, ...rest], ({ prefecture }) => prefecture)]
  const [[code] = [first.prefecture]] = byPrefecture.toSorted(([, one], [, other]) => other.length - one.length)
  const name = prefectureName(code, language).replace(/(?<=..)[都府県]$/, '')
  return byPrefecture.length > 1 ? inLanguage(words, language).more(name) : name
}

interface MarkProps {
  cluster: Cluster
  name: string
  label: LabelPlace | undefined
  area: MapFigureProps['area']
  language: Language
}

function Mark({ cluster, name, label, area, language }: MarkProps): JSX.Element {
  const { x, y, marks } = cluster
  const [{ status }] = marks
  const text = inLanguage(words, language)
  const count = marks.length
  const called = count > 1 ? `${name} ${text.sites(count)}` : name
  const [left, top] = [Math.round(x), Math.round(y)]
  return (
    <a href={hrefFor(cluster, area)} aria-label={called + text.between + contractStatusWords[status][language]}>
      <circle class="map-target" cx={left} cy={top} r="24" />
      {label && (
        <text
          class={count > 1 ? 'map-several' : 'map-name'}
          x={Math.round(label.x)}
          y={Math.round(label.y)}
          text-anchor={label.anchor}
        >
          {name}
        </text>
      )}
      {/* Between what is read. */ ' '}
      <g transform={`translate(${left} ${top})`}>
        <Shape status={status} size={count > 1 ? 16 : 10} />
        {count > 1 && (
          <text class="map-count" y={status === 'works' ? 9 : 5}>
            {count}
          </text>
        )}
      </g>
    </a>
  )
}

/** One site leads to its contracts; several to their prefectures enlarged, or to the list where that is what is shown. */
function hrefFor({ marks }: Cluster, area: MapFigureProps['area']): string {
  const [first, ...rest] = marks
  if (rest.length === 0) return hrefOf(paths.contracts, { q: first.name })
  const codes = [...prefectures.keys()].filter((code) => marks.some(({ prefecture }) => prefecture === code))
  return area && codes.length >= area.length ? '#sites' : hrefOf(paths.networkMap, { area: codes.join('-') })
}

/** A shape of its own for each status: none is told by colour alone. */
function Shape({ status, size: r }: { status: ContractStatus; size: number }): JSX.Element {
  const look = `map-mark map-${status}`
  if (status === 'fault') return <path class={look} d={`M0${-r * 1.25}L${r * 1.25} 0 0 ${r * 1.25}${-r * 1.25} 0z`} />
  if (status === 'works') return <path class={look} d={`M0${-r * 1.25}L${r * 1.3} ${r}H${-r * 1.3}z`} />
  if (status === 'normal') return <circle class={look} r={r} />
  return <rect class={look} x={-r} y={-r} width={2 * r} height={2 * r} />
}

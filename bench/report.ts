import type { Round, Spread } from './rounds.ts'
import { spreadOf } from './rounds.ts'

/** One row of the table. */
export interface Figure {
  work: string
  measured: string
  aim: string
  beside?: string
}

/** As Markdown. */
export function printHeading(): void {
  console.log('| Work | Measured (least / **median** / most) | Aim | Beside |')
  console.log('|---|---|---|---|')
}

export function printFigure(figure: Figure): void {
  console.log(`| ${figure.work} | ${figure.measured} | ${figure.aim} | ${figure.beside ?? ''} |`)
}

export function spread({ least, median, most }: Spread, unit: string): string {
  return `${short(least)} / **${short(median)}** / ${short(most)}${unit}`
}

/** What a subject's rounds were like, as the medians. */
export function beside(rounds: readonly Round[]): string {
  const median = (figure: keyof Round): string => short(spreadOf(rounds.map((round) => round[figure])).median)
  return `${median('cpu')} ms CPU, ${median('perSecond')}/s, p50 ${median('p50')} ms, p99 ${median('p99')} ms`
}

export function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

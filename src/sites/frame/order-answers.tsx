import type { JSX } from 'preact'
import type { SaidAnswer } from '#features/order-forms/answers.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'

/** What an order form was filled in with, as both sides read it. */
export function OrderAnswers({ said }: { said: readonly SaidAnswer[] }): JSX.Element {
  return (
    <Facts
      facts={said.map(({ label, text }) => ({
        term: label,
        value: text === '' ? '－' : <span class="told">{text}</span>,
      }))}
    />
  )
}

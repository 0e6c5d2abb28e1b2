import type { ComponentChildren, JSX } from 'preact'

export interface PanelProps {
  /** Names the panel and stands in it as its heading. */
  heading?: string | undefined
  /** Names it without being seen. */
  label?: string | undefined
  /** The one box of a page before login. */
  roomy?: boolean | undefined
  children: ComponentChildren
}

export function Panel({ heading, label, roomy, children }: PanelProps): JSX.Element {
  const name = label ?? heading
  const Frame = name === undefined ? 'div' : 'section'
  return (
    <Frame class={roomy ? 'panel panel-roomy' : 'panel'} aria-label={name}>
      {heading !== undefined && <h2 class="panel-heading">{heading}</h2>}
      {children}
    </Frame>
  )
}

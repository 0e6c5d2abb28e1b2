import type { ComponentChildren, JSX } from 'preact'

export interface PageHeadingProps {
  heading: ComponentChildren
  /** Small line above: 「ログイン（1/2）」. */
  above?: ComponentChildren
  /** One or two sentences, beside the heading where there is room. */
  lead?: ComponentChildren
  /** The lead is what the page says: it stands under the heading in full size. */
  tall?: boolean | undefined
  actions?: ComponentChildren
}

export function PageHeading({ heading, above, lead, tall, actions }: PageHeadingProps): JSX.Element {
  return (
    <div class={tall ? 'page-heading page-heading-tall' : 'page-heading'}>
      {above && <p class="page-heading-above">{above}</p>}
      <h1>{heading}</h1>
      {lead && <p class="page-heading-lead">{lead}</p>}
      {actions && <div class="page-heading-actions">{actions}</div>}
    </div>
  )
}

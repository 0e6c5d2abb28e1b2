import type { ComponentChildren, JSX } from 'preact'
import { classNames } from '../theme/class-names.ts'
import { Icon, type IconName } from '../text/icon.tsx'

/** `danger` is outlined and leads to a question; `danger-confirm` is solid and stands only inside that question. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-confirm'

interface Look {
  kind?: ButtonKind | undefined
  small?: boolean | undefined
  /** As wide as what holds it. */
  wide?: boolean | undefined
  icon?: IconName | undefined
  children: ComponentChildren
}

export interface ButtonProps extends Look {
  /** Read out in place of the words, which it contains: tells equal buttons of a list apart. */
  label?: string | undefined
  /** `submit` unless told. */
  type?: 'submit' | 'button' | undefined
  name?: string | undefined
  value?: string | undefined
  /** Id of a form that the button stands outside of. */
  form?: string | undefined
  formAction?: string | undefined
  formNoValidate?: boolean | undefined
  autoFocus?: boolean | undefined
}

export interface ButtonLinkProps extends Look {
  href: string
}

export function Button({
  kind,
  small,
  wide,
  icon,
  children,
  label,
  type = 'submit',
  ...rest
}: ButtonProps): JSX.Element {
  return (
    <button type={type} class={look({ kind, small, wide })} aria-label={label} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** Goes somewhere; a button does something. */
export function ButtonLink({ kind, small, wide, icon, children, href }: ButtonLinkProps): JSX.Element {
  return (
    <a class={look({ kind, small, wide })} href={href}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  )
}

export interface ButtonRowProps {
  /** Where the buttons stand: from the left, at the right end, or one at each end. */
  place?: 'start' | 'end' | 'apart' | undefined
  children: ComponentChildren
}

export function ButtonRow({ place = 'start', children }: ButtonRowProps): JSX.Element {
  return <div class={classNames('button-row', place !== 'start' && `button-row-${place}`)}>{children}</div>
}

interface LookFacts {
  kind: ButtonKind | undefined
  small: boolean | undefined
  wide: boolean | undefined
}

function look({ kind = 'primary', small, wide }: LookFacts): string {
  return classNames('button', `button-${kind}`, small && 'button-small', wide && 'button-wide')
}

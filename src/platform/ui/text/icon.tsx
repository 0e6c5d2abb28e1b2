import type { JSX } from 'preact'

/** Outlines in a square of 20 units, drawn by the stroke in the colour of the text. */
const outlines = {
  alert: 'M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0M10 6v4.5M10 13.5h.01',
  'arrow-down': 'M10 3.5v13M5 12l5 5 5-5',
  'arrow-up': 'M10 16.5v-13M5 8l5-5 5 5',
  calendar: 'M3 4.5h14V17H3zM3 8.5h14M7 2.5v3M13 2.5v3',
  check: 'm4 10.5 4 4 8-9',
  clipboard: 'M6 4H4v13.5h12V4h-2M7 2.5h6v3H7zM7 10.5l2 2 4-4',
  clock: 'M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0M10 5.5V10l3 2',
  close: 'm5 5 10 10M15 5 5 15',
  copy: 'M7 7h10v10H7zM13 7V3H3v10h4',
  document: 'M5 2.5h7L15.5 6v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5',
  down: 'm5 8 5 5 5-5',
  mail: 'M2.5 5h15v10.5h-15zM2.5 5.5 10 11.5l7.5-6',
  download: 'M10 3v9M6 8.5l4 4 4-4M3.5 16.5h13',
  edit: 'M3 17v-3.5L13.5 3 17 6.5 6.5 17z',
  eye: 'M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10zM7.5 10a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0',
  forward: 'M3 16v-4a4 4 0 0 1 4-4h9.5M12.5 4l4 4-4 4',
  globe:
    'M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0h15M10 2.5c2.5 2.3 3.5 4.8 3.5 7.5s-1 5.2-3.5 7.5c-2.5-2.3-3.5-4.8-3.5-7.5s1-5.2 3.5-7.5',
  group:
    'M7.5 6a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M2.2 8.5a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 1 0-3.6 0M14.2 8.5a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 1 0-3.6 0M5.5 16.5a4.5 4.5 0 0 1 9 0M1.5 15a3 3 0 0 1 3-3M18.5 15a3 3 0 0 0-3-3',
  help: 'M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0M7.8 7.8a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.8-1.1 1.6M10 14h.01',
  image: 'M2.5 4h15v12h-15zM3 14l4.5-4.5L11 13l2.5-2.5 4 4M11.8 7.5a1.2 1.2 0 1 0 2.4 0 1.2 1.2 0 1 0-2.4 0',
  info: 'M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0M10 9.5V14M10 6.5h.01',
  left: 'M12.5 4.5 7 10l5.5 5.5',
  lock: 'M4.5 9h11v8h-11zM7 9V6a3 3 0 0 1 6 0v3',
  map: 'm2.5 5 5-2 5 2 5-2v12l-5 2-5-2-5 2zM7.5 3v12M12.5 5v12',
  menu: 'M3 5h14M3 10h14M3 15h14',
  minus: 'M4 10h12',
  outside: 'M8.5 4H4v12h12v-4.5M11.5 3.5h5v5M16.5 3.5 9 11',
  phone:
    'M6.5 3l2 4-1.8 1.5a9 9 0 0 0 4.8 4.8L13 11.5l4 2V16c0 .8-.7 1.5-1.5 1.4C8.5 16.8 3.2 11.5 2.6 4.5 2.5 3.7 3.2 3 4 3z',
  pin: 'M7 3h6l-.7 5 2.7 2.5V12H5v-1.5L7.7 8zM10 12v5.5',
  play: 'M6 4v12l10-6z',
  plus: 'M10 4v12M4 10h12',
  print: 'M6 7V3h8v4M6 14H3V7h14v7h-3M6 11.5h8V17H6z',
  right: 'M7.5 4.5 13 10l-5.5 5.5',
  search: 'M3.5 9a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0m10 4.5 4 4',
  shield: 'M10 2.5 3.5 5v5c0 4 3 6.5 6.5 7.5 3.5-1 6.5-3.5 6.5-7.5V5z',
  user: 'M6.5 7a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0M3.5 17a6.5 6.5 0 0 1 13 0',
  users:
    'M4.5 7a3 3 0 1 0 6 0 3 3 0 1 0-6 0M2 16.5a5.5 5.5 0 0 1 11 0M13 4.3a3 3 0 0 1 0 5.4M15 12a5.5 5.5 0 0 1 3 4.5',
  warning: 'M10 3 2.5 16.5h15zM10 8v4M10 14.3h.01',
  wrench: 'M12.5 3a4.5 4.5 0 0 0-4.2 6L3 14.3 5.7 17l5.3-5.3a4.5 4.5 0 0 0 6-4.2L14.2 9 12 6.8 13.5 4z',
} as const

export type IconName = keyof typeof outlines

/** Decoration only: the word beside it carries the meaning. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={outlines[name]} />
    </svg>
  )
}

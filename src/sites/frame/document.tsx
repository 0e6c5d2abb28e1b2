import type { ComponentChildren, JSX } from 'preact'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { siteLabels } from './guide-labels.ts'

/** Where the bundled files lie; their names change with their content. */
export interface Assets {
  stylesheet: string
  script: string
}

export interface DocumentProps {
  language: Language
  /** Name of the page, without the site's. */
  title: string
  assets: Assets
  /** What stands in the browser's tab. */
  iconPath?: string | undefined
  /** Absent: the portal's. */
  siteName?: Phrase | undefined
  /** A site that nobody may take for the portal: its accent is another. */
  accent?: 'console' | undefined
  /** The reader's choice; absent: as the system has it. */
  theme?: 'light' | 'dark' | undefined
  /** The form came back with something wrong: the title says so first. */
  hasProblems?: boolean | undefined
  /** The reader has turned the search key "/" off. */
  noShortcut?: boolean | undefined
  /** `shell` of the signed-in frame, `visitor` before login. */
  frame: 'shell' | 'visitor'
  children: ComponentChildren
}

const words = {
  problem: { ja: 'エラー：', en: 'Error: ' },
  between: { ja: '｜', en: ' | ' },
}

/** The whole document but its `<!doctype html>`. */
export function Document({ language, title, assets, theme, frame, children, ...props }: DocumentProps): JSX.Element {
  const text = inLanguage(words, language)
  const site = (props.siteName ?? siteLabels.businessPortal)[language]
  return (
    <html
      lang={language}
      data-theme={theme}
      data-accent={props.accent}
      data-no-shortcut={props.noShortcut ? '' : undefined}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{`${props.hasProblems ? text.problem : ''}${title === site ? '' : `${title}${text.between}`}${site}`}</title>
        <meta name="color-scheme" content={theme ?? 'light dark'} />
        {props.iconPath !== undefined && <link rel="icon" href={props.iconPath} />}
        <link rel="stylesheet" href={assets.stylesheet} />
        <script type="module" src={assets.script} />
      </head>
      <body class={frame}>{children}</body>
    </html>
  )
}

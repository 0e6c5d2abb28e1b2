import type { JSX } from 'preact'
import { Notice } from '#platform/ui/text/notice.tsx'

export interface JobProgressProps {
  /** Where the script asks how far it is, and the page that shows it, and in the end what came of it. */
  asks: string
  shows: string
  done: number
  rows: number
  text: { running: string; progress: string; text: string; refresh: string }
}

/** How far the worker is with a file. The script asks from here on. */
export function JobProgress({ asks, shows, done, rows, text }: JobProgressProps): JSX.Element {
  return (
    <Notice kind="info" label={text.progress} action={<a href={shows}>{text.refresh}</a>}>
      <div data-progress={asks}>
        <p>
          <b data-text="">{text.running}</b>
        </p>
        <progress max={Math.max(rows, 1)} value={done} aria-label={text.progress} />
      </div>
      <p>{text.text}</p>
    </Notice>
  )
}

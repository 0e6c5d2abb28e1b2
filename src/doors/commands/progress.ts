import type { WriteStream } from 'node:tty'
import type { ReportProgress } from '#features/operator-data/import.ts'

export interface Progress {
  report: ReportProgress
  /** Leaves the terminal's line clean. */
  end: () => void
}

/** A bar on a terminal; elsewhere a line for each tenth of a long import. */
export function openProgress(out: WriteStream): Progress {
  return out.isTTY ? openBar(out) : openLines(out)
}

const barWidth = 30
/** Between two drawings, in milliseconds. */
const redrawEvery = 100

function openBar(out: WriteStream): Progress {
  let drawnAt = -Infinity
  return {
    report(path, done, total) {
      if (done < total && performance.now() - drawnAt < redrawEvery) return
      drawnAt = performance.now()
      const filled = Math.round((barWidth * done) / total)
      const line = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}  ${path}`
      // A line that wraps could not be drawn over.
      out.write(`\r\u001B[K${line.slice(0, out.columns - 1)}`)
    },
    end: () => out.write('\r\u001B[K'),
  }
}

const longImport = 1000

function openLines(out: WriteStream): Progress {
  let told = ''
  return {
    report(path, done, total) {
      const tenth = Math.floor((10 * done) / total)
      const line = `${path}: ${tenth * 10} %`
      if (total < longImport || tenth === 0 || line === told) return
      told = line
      out.write(`${line}\n`)
    },
    end: () => undefined,
  }
}

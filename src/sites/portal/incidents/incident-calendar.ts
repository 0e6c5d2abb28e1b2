import { calendarOf } from '#features/incidents/calendar.ts'
import { findIncident } from '#features/incidents/find.ts'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  file: { ja: '工事の予定', en: 'Planned works' },
}

/** Works, to be put into a calendar. */
export const incidentCalendar = portal.download({
  path: paths.incidentCalendar.pattern,
  allow: 'user',
  words,
  async load(ctx, { params: { id = '' } }, text) {
    const incident = await findIncident(ctx, id)
    if (incident?.kind !== 'works') return notFound
    const { language, now, portalUrl } = ctx
    const page = new URL(paths.incident({ id }), portalUrl)
    const told = calendarOf(incident, { language, now, portalUrl, page })
    return {
      name: text.file,
      columns: [],
      read: () => Promise.resolve({ rows: [[told]], edge: undefined }),
    }
  },
})

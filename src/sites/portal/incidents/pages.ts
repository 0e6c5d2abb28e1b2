import { incidentCalendar } from './incident-calendar.ts'
import { incidentPage } from './incident.tsx'
import { incidentsPage } from './incidents.tsx'
import { pastIncidentsPage } from './past-incidents.tsx'

/** 工事・故障情報: all of them, one, its entry for a calendar, and what a contract has behind it. */
export const incidentPages = [incidentsPage, incidentPage, incidentCalendar, pastIncidentsPage].flat()

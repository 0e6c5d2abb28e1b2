import { copyOfCalendar, findCalendarToCopy } from '#features/calendars/copy.ts'
import { copyPage } from '../copies/copy-page.tsx'
import { linkWords } from '../links.ts'
import { paths } from '../paths.ts'

/** Business hours for other contracts, too. */
export const copyCalendarPage = copyPage({
  path: paths.copyCalendar,
  find: findCalendarToCopy,
  copyOf: (found, closed) => copyOfCalendar(found, { closed }),
  name: ({ calendar }) => calendar.name,
  more: {
    label: {
      ja: '営業時間外の着信先も適用する',
      en: 'With where calls go when it is closed',
    },
    hint: {
      ja: '適用するご契約で、この営業時間を使っている外線番号の営業時間外の着信先を、このご契約と同じにします。このご契約の外線番号ごとに着信先が異なるときは、適用しません。',
      en: 'Of the outside numbers that use these hours there, as here. Where it differs between the numbers here, it is left.',
    },
  },
  list: { path: paths.calendars, label: linkWords.calendars },
  own: paths.calendar,
})

import type { Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { columnLabels } from '../users/user-columns.ts'

const words = { name: { ja: 'ユーザー一括登録テンプレート', en: 'Users to register' } }

/** What follows by itself of somebody who is added. */
const left = new Set(['secondFactor', 'state'])

/** The headings of what can be told of somebody who is added. */
export const userTemplateDownload = portal.download({
  path: paths.userTemplateCsv,
  allow: 'portal-administrator',
  words,
  isTemplate: true,
  load: async ({ language }, _asked, text) => ({
    name: text.name,
    columns: Object.entries<Phrase>(columnLabels)
      .filter(([name]) => !left.has(name))
      .map(([, label]) => label[language]),
    read: async () => ({ rows: [], edge: undefined }),
  }),
})

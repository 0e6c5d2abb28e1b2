import { lineChecksPage } from '../line-checks/line-checks.tsx'
import type { PortalPath } from '../site.tsx'
import { settingsListPage } from './settings-list.tsx'

/** What leads to the settings of contracts. */
export const settingsListPages: readonly PortalPath[] = [...settingsListPage, ...lineChecksPage]

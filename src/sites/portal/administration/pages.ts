import { administrationPage } from './administration.tsx'
import { approvalPage } from './approval.tsx'

/** ポータル管理者向け, and what of it has no room of its own. */
export const administrationPages = [administrationPage, approvalPage]

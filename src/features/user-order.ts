import { byText, type SortKey } from '#platform/list/sort-keys.ts'

/** How users are sorted by name, of a row `r`: by ふりがな, those without one last; then by name and mail address, which tells any two apart. */
export const byUserName: readonly SortKey[] = [byText('r.kana_order'), byText('r.name'), byText('r.mail')]

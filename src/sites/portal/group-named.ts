import { groupLabels } from '#sites/frame/guide-labels.ts'
import { automaticGroup } from '#features/user-groups/automatic.ts'
import type { Language } from '#platform/words.ts'

/** A group as its reader calls it, where a name alone is known: no other group can have that of the automatic one. */
export function groupNamed(name: string, language: Language): string {
  return name === automaticGroup.name ? groupLabels.allServicesGroup[language] : name
}

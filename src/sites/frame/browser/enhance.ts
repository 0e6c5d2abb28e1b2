import { countCharacters } from '#platform/ui/browser/character-count.ts'
import { countDown } from '#platform/ui/browser/count-down.ts'
import { guardLeaving } from '#platform/ui/browser/leave-guard.ts'
import { cleanCodes } from '#platform/ui/browser/code-cleaning.ts'
import { focusErrorSummary } from '#platform/ui/browser/error-summary.ts'
import { serveLists } from '#platform/ui/browser/list.ts'
import { moveBetweenLists } from '#platform/ui/browser/transfer.ts'
import { followGroups } from './abilities.ts'
import { followChoices } from './effective-rights.ts'
import { followProgress } from './job-progress.ts'
import { watchMailState } from './mail-state.ts'
import { showPasswords } from '#platform/ui/browser/password-visibility.ts'
import { checkPasswordRules } from '#platform/ui/browser/password-rules.ts'
import { copyTexts } from '#platform/ui/browser/copy-text.ts'
import { searchBySlash } from '#platform/ui/browser/search-shortcut.ts'
import { keepTyped } from '#platform/ui/browser/typed-again.ts'
import { countTicks } from '#platform/ui/browser/ticks.ts'
import { warnBeforeSessionEnds } from '#platform/ui/browser/session-warning.ts'

// Every page works without this file; each of these only saves a step.
showPasswords()
checkPasswordRules()
copyTexts()
cleanCodes()
countCharacters()
focusErrorSummary()
searchBySlash()
keepTyped()
guardLeaving()
watchMailState()
serveLists()
followChoices()
moveBetweenLists()
followGroups()
followProgress()
countTicks()
countDown()
warnBeforeSessionEnds()

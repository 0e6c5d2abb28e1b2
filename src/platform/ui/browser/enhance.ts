import { guardLeaving } from './leave-guard.ts'
import { cleanCodes } from './code-cleaning.ts'
import { focusErrorSummary } from './error-summary.ts'
import { serveLists } from './list.ts'
import { watchMailState } from './mail-state.ts'
import { showPasswords } from './password-visibility.ts'
import { checkPasswordRules } from './password-rules.ts'
import { copyTexts } from './copy-text.ts'
import { searchBySlash } from './search-shortcut.ts'
import { warnBeforeSessionEnds } from './session-warning.ts'

// Every page works without this file; each of these only saves a step.
showPasswords()
checkPasswordRules()
copyTexts()
cleanCodes()
focusErrorSummary()
searchBySlash()
guardLeaving()
watchMailState()
serveLists()
warnBeforeSessionEnds()

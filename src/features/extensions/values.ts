import { line } from '#platform/values.ts'

const longestExtensionName = 40
export const extensionName = line(longestExtensionName)

const longestExtensionKana = 80
export const extensionKana = line(longestExtensionKana)

/** So many are added at once. */
export const mostAdded = 100

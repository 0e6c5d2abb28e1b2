import { line } from '#platform/values.ts'

export const longestExtensionName = 40
export const extensionName = line(longestExtensionName)

export const longestExtensionKana = 80
export const extensionKana = line(longestExtensionKana)

/** So many are added at once. */
export const mostAdded = 100

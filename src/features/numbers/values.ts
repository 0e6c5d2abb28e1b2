import { line } from '#platform/values.ts'

export const longestNumberMemo = 40
export const numberMemo = line(longestNumberMemo)

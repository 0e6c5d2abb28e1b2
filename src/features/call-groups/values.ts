import { z } from 'zod'
import { evenWidth, line } from '#platform/values.ts'

const longestGroupName = 40
export const callGroupName: z.ZodType<string, string> = evenWidth(line(longestGroupName).min(1))

export const groupKinds = ['simultaneous', 'sequential', 'even'] as const
export type GroupKind = (typeof groupKinds)[number]
export const groupKind = z.enum(groupKinds)

export const mostMembers = 32

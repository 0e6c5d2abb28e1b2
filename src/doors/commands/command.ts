import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Environment } from '#program/config.ts'

/** One word of the command line. */
export interface Command {
  /** For the overview: what it does, in one line. */
  summary: string
  /** What `--help` shows. */
  help: string
  run: (args: string[], surroundings: Surroundings) => Promise<void>
}

export interface Surroundings {
  /** Each command reads of it what it needs, by config.ts. */
  environment: Environment
  /** Where the person stands who typed the command; npm itself goes to the project's folder. */
  folder: string
  now: Date
  /** Aborted, with a Failure, when the person has had enough: by Ctrl-C, or by ending the process. */
  interrupted: AbortSignal
}

/** The command was typed in a way it cannot be meant: exit code 2. */
export class WrongUsage extends Error {}

/** The command was understood but cannot be done; the message says why in one line: exit code 1. */
export class Failure extends Error {}

type Arguments<Options extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Options; allowPositionals: true; strict: true }>
>

/** Takes the options and words of a command, and throws WrongUsage for any that it does not know. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
): Arguments<Options> {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    // The message's first sentence names the option; the others tell how Node would take it.
    throw new WrongUsage(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error))
  }
}

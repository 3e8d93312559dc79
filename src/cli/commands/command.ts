/** What is a command? What it takes, one line on it, and what it does. */
import type { Request } from '../arguments.js'

export interface Command {
  /** The verb's operand, as help prints it. */
  readonly usage: string
  /** Its options, as help prints them. */
  readonly flags: string
  /** One line for the list of commands. */
  readonly summary: string
  /** More, for `help VERB`: whole lines. */
  readonly details: string
  /** Names of the options it has. */
  readonly takes: readonly string[]
  /** What its operand is called in an error. */
  readonly operand: string
  readonly least: number
  readonly most: number
  /** Prints, and gives the exit code. */
  readonly run: (request: Request) => number | Promise<number>
}

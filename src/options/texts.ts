/** WHERE are the texts of a row that does not carry them itself? */

/** What only a reader of the documentation wants to know of an option: two fifths of the catalogue, and no call needs it. */
export interface Texts {
  /** One sentence: what the option does. */
  readonly doc: string
  /** First Linux kernel that has it. */
  readonly since: string | undefined
  /** What a reader of the man page would not expect. */
  readonly quirks: readonly string[]
}

/**
 * In the sources nowhere: every row carries its own. scripts/build-dist.js takes them out of the rows, and puts in the place of this function one
 * that loads them when `doc`, `since` or `quirks` of an option is first read.
 */
export function textsOf(name: string): Texts {
  throw new Error(`${name} has no texts`)
}

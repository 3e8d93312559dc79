/** Where does text go, how wide may it be, and may it be bold? */
import { styleText } from 'node:util'

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2))
}

export function printError(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Bold on a terminal that has it and where NO_COLOR does not forbid it; elsewhere the text as it is. */
export function heading(text: string): string {
  const { stdout } = process
  return stdout.isTTY && stdout.hasColors() ? styleText('bold', text) : text
}

/** Columns of the terminal; undefined where the output is a file or a pipe, whose lines stay whole. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns : undefined
}

/** The reader has gone (`| head -1`): nobody is left to print to, which is no failure. */
export function endOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }
}

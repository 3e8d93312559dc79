#!/usr/bin/env node
/** The command line: words in, text or JSON out, and an exit code: 0 done, 1 it could not be done, 2 it was not understood. */
import { parseRequest, UsageError } from './arguments.js'
import { commands } from './commands/index.js'
import { endOnClosedPipe, print, printError } from './output.js'
import { version } from './version.js'

async function run(words: readonly string[]): Promise<number> {
  const request = parseRequest(words, commands)
  if (request.version) {
    print(version)
    return 0
  }
  return await commands[request.command].run(request)
}

endOnClosedPipe()
run(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    const isMisuse = error instanceof UsageError
    printError(`getsockopt: ${message}${isMisuse ? `${message.endsWith('?') ? '' : '.'} See getsockopt --help` : ''}`)
    process.exitCode = isMisuse ? 2 : 1
  },
)

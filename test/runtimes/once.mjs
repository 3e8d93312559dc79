/** DOES one call work here, or is it refused, and does the error say how to allow it? The argument is what the error must name; none if it must work. */
import net from 'node:net'
import { inspect } from 'node:util'
import * as library from 'getsockopt'
import { judged } from './smoke.mjs'
import { listening } from './targets.mjs'

const [, , remedy] = process.argv
const server = await listening(net.createServer())
const { expect, fails, outcome } = judged(library)
if (remedy === undefined) expect('net.Server', server, { port: server.address().port })
else {
  try {
    library.getsockopt(server, 'SO_TYPE')
    fails('one call', 'it was not refused')
  } catch (error) {
    if (inspect(error).includes(remedy)) outcome.passed++
    else fails(`the refusal does not say ${remedy}`, error)
  }
}
server.close()
console.log(JSON.stringify(outcome))
process.exitCode = outcome.failed.length === 0 ? 0 : 1

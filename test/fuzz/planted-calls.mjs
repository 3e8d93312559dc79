/** Calls with a mistake each, for the test that the fuzzer finds it: PLANTED names the one that is made. */
import { openSync } from 'node:fs'

const mistakes = {
  leak: () => openSync('/dev/null', 'r'),
  undocumented: () => {
    throw Object.assign(new TypeError('planted'), { code: 'ERR_PLANTED' })
  },
  rejection: () => Promise.reject(new Error('planted')),
  uncaught: () => {
    setImmediate(() => {
      throw new Error('planted')
    })
  },
  death: () => process.kill(process.pid, 'SIGSEGV'),
}

export const calls = () => ({
  planted: { weight: 0.3, prepare: () => ({ text: () => 'planted', run: mistakes[process.env.PLANTED] }) },
})

/** What does the system itself take? The loops in C that the library is measured against. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * Loaded when a question is asked and not before, so that the questions can be listed where nothing has been built.
 * `probe` is the compiled reference of the tests: `loopGet`, `bareGet`. `loop` is that of this folder: `loopCalls`, `loopSet`, `loopSockets`.
 */
export const loadNative = () => ({
  probe: require('../test/support/native/build/Release/probe.node'),
  loop: require('./native/build/Release/loop.node'),
})

/** FIONREAD, TIOCOUTQ, SIOCOUTQNSD on Linux: what a snapshot asks of the queues. */
export const queueControls = [0x541b, 0x5411, 0x894b]

/** The kinds of step in bench/native/loop.cc. */
const kinds = { option: 0, localAddress: 1, peerAddress: 2, control: 3 }
const ADDRESS = 128

export const option = ({ level, number, size }) => [kinds.option, level, number, size]
export const localAddress = () => [kinds.localAddress, 0, 0, ADDRESS]
export const peerAddress = () => [kinds.peerAddress, 0, 0, ADDRESS]
export const control = number => [kinds.control, 0, number, 0]

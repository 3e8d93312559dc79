/** DOES the library work on this runtime? Every check and every kind of socket, one after the other; the outcomes as JSON on the last line of stdout. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { checks, checksAlone } from './checks.mjs'
import { connectingChecks } from './connecting-checks.mjs'
import { listeningChecks } from './listening-checks.mjs'
import { groups, ignoreReset, listening, runtime, temporaryPath } from './targets.mjs'

/** Nothing here takes a second; what waits for longer waits for ever. */
const DEADLINE = 20_000

async function inTime(promise) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${DEADLINE / 1000} s`)), DEADLINE)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

async function pairs() {
  const { path, remove } = temporaryPath()
  const server = await listening(net.createServer())
  const unixServer = await listening(net.createServer(), { path })
  const arrival = once(server, 'connection')
  const client = net.connect(server.address().port, '127.0.0.1').on('error', ignoreReset)
  const unixClient = net.connect(path)
  await Promise.all([once(client, 'connect'), once(unixClient, 'connect')])
  const [accepted] = await arrival
  const close = () => {
    for (const each of [client, accepted, unixClient]) each.destroy()
    for (const each of [server, unixServer]) each.close()
    remove()
  }
  unixServer.on('connection', socket => socket.resume())
  return { client, accepted: accepted.on('error', ignoreReset), server, unixClient, close }
}

/** Whether the library says of a target what is expected. */
function judge({ getsockopt, snapshot }, target, expected) {
  if (expected.code !== undefined) {
    assert.throws(() => getsockopt(target, 'SO_TYPE'), { code: expected.code, ...(expected.message && { message: expected.message }) })
    return
  }
  const { local } = snapshot(target)
  assert.deepEqual({ port: local.port, path: local.path }, { port: expected.port, path: expected.path })
  assert.match(getsockopt(target, 'SO_TYPE'), /^SOCK_(STREAM|DGRAM)$/)
}

/** An outcome, and the `expect` that fills it: what the runtime hides, as it should say, counts apart. */
export function judged(library) {
  const version = globalThis.Bun?.version ?? globalThis.Deno?.version.deno ?? process.versions.node
  const outcome = { runtime, version, passed: 0, hidden: [], absent: [], failed: [] }
  const fails = (name, error) => outcome.failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  const expect = (name, target, expected) => {
    try {
      judge(library, target, expected)
      if (expected.code === 'ERR_SOCKOPT_HIDDEN') outcome.hidden.push(name)
      else outcome.passed++
    } catch (error) {
      fails(name, error)
    }
  }
  return { outcome, fails, expect }
}

/** `isAlone`: nothing else runs in this process. */
export async function smoke(library, certificates, isAlone) {
  const { outcome, fails, expect } = judged(library)
  const warned = []
  process.on('warning', ({ code, message }) => code === 'DEP0112' && warned.push(message))

  const absent = name => outcome.absent.includes(name) || outcome.absent.push(name)
  const sockets = await pairs()
  for (const [name, check] of Object.entries({ ...(isAlone && checksAlone), ...checks, ...connectingChecks, ...listeningChecks })) {
    try {
      await inTime(check(library, sockets, absent))
      outcome.passed++
    } catch (error) {
      fails(name, error)
    }
  }
  sockets.close()
  for (const group of groups(certificates)) {
    try {
      await inTime(group(expect, absent))
    } catch (error) {
      fails('opening sockets', error)
    }
  }
  await new Promise(resolve => setImmediate(resolve))
  if (warned.length > 0) fails('a warning was given', warned[0])
  else outcome.passed++
  return outcome
}

/** Runs it all, and leaves the process to end by itself: that it does is a check too. */
export async function main(library, certificates = process.argv[2]) {
  const outcome = await smoke(library, certificates, true)
  console.log(JSON.stringify(outcome))
  process.exitCode = outcome.failed.length === 0 ? 0 : 1
}

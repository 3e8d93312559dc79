/** DOES anything that can be called break the process? The child of calls.mjs: epochs of random calls, each with fresh sockets and a seed of its own. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { watchFor } from './arena-watch.mjs'
import { forget, learn } from './atoms.mjs'
import { openBystanders } from './bystanders.mjs'
import { chooserOf, countFunctions, listCalls } from './calls-list.mjs'
import { describeCatalogue } from './catalogue.mjs'
import { chanceOf, mixSeeds } from './chance.mjs'
import { occupyBelow, openDescriptors, openedSince } from './descriptors.mjs'
import { attempt, Given } from './given.mjs'
import { isOwn } from './oddities.mjs'
import { refused, Sockets } from './sockets.mjs'
import { loadFrom, root } from './tree.mjs'
import { complaintAbout } from './verdict.mjs'

/** Nine of ten calls throw, and the stack of an error is most of what it costs. */
Error.stackTraceLimit = 6

const { folder, also, seed, first, epochs, perEpoch, traceTo } = JSON.parse(process.argv[2])
const load = path => loadFrom(folder, path)

/** A call that takes longer hangs, even on a machine that does many other things. */
const SLOW = 10_000
const DEADLINE = 20_000
/** Above the numbers that chance makes up (atoms.mjs), apart from 1000 and its neighbours. */
const OCCUPIED = 330

const { library, uncalled } = countFunctions(await load('index.js'))
const { currentPlatform } = await load('access/plan.js')
const { whole } = await load('platform/platform.js')
const { hazards } = await load('access/hazards.js')
const { loadBinding } = await load('native/binding.js')
const { scratch, Operation } = await load('native/scratch.js')
const watched = watchFor(Operation)

// Every crossing of the library is watched, too.
const binding = loadBinding()
const native = binding.call
binding.call = () => watched(native, scratch.words.buffer)

function loadAddon() {
  const instance = { exports: {} }
  process.dlopen(instance, join(root, 'build/Release/getsockopt.node'))
  return instance.exports
}

let sockets
/** A descriptor that the call was asked to open is the caller's to close. */
function adopt(isOpening, result) {
  if (!isOpening) return result
  const fd = typeof result === 'number' ? result : Buffer.isBuffer(result) && result.length >= 4 ? result.readInt32LE(0) : -1
  if (fd > 2 && !sockets.descriptors.includes(fd)) closeSync(fd)
  return result
}

const isCodec = value => typeof value === 'object' && value !== null && typeof value.decode === 'function'
const catalogue = describeCatalogue({ options: library.options, here: whole(currentPlatform()), hazards })
const codecs = Object.values(library.codecs).filter(isCodec)
const choose = chooserOf(
  await listCalls({ library, catalogue, codecs, abi: binding.abi, Operation, watched, loadAddon, adopt, load }, also),
)

const traceFile = traceTo === undefined ? undefined : openSync(traceTo, 'w')
const trace = text => writeSync(traceFile, `${text}\n`)

const failures = new Map()
const totals = { calls: 0, inner: 0, answered: 0, refused: 0, own: 0 }
const codes = new Map()
const byKind = new Map()
const count = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1)

function fail(what, error, epoch, at, kind) {
  const stack = String(error?.stack ?? error)
  const place = stack.split('\n').slice(0, 3).join(' ')
  const key = `${kind} ${place.replace(/[-\d.e+]+/g, '')}`
  if (failures.has(key) || failures.size >= 200) return
  failures.set(key, { what, epoch, at, kind, stack: stack.slice(0, 1500) })
}

/** What calls in the middle of others have begun, to be awaited with the rest. */
const begun = []

/** A Given for each depth: a call in the middle of a call in the middle of a call is the last. */
function givenOf(random, depth = 0) {
  const meanwhile = () => {
    if (depth === 2 || !random.chance(40)) return
    const result = attempt(() => choose(random).prepare(inner)?.run())
    if (result instanceof Promise) begun.push(result.catch(() => undefined))
    totals.inner++
  }
  const inner = depth === 2 ? undefined : givenOf(random, depth + 1)
  return new Given({ library, catalogue, random, sockets, meanwhile })
}

/** What came of a call; a promise, when it has settled. */
function judge(error, epoch, at, kind) {
  const what = complaintAbout(error, library)
  if (isOwn(error)) totals.own++
  else totals.refused++
  if (what !== undefined) fail(what, error, epoch, at, kind)
  else if (!isOwn(error)) {
    // What a message says was expected becomes a word of later values.
    if (error.message.length < 2000) learn(error.message)
    count(codes, error.code)
  }
}

async function epochOf(epoch, bystanders) {
  const random = chanceOf(mixSeeds(seed, epoch))
  forget()
  const before = openDescriptors()
  sockets = await new Sockets().open(random)
  const given = givenOf(random)
  const pending = []
  for (let at = 0; at < perEpoch; at++) {
    const { kind, prepare } = choose(random)
    const begin = performance.now()
    try {
      const call = prepare(given)
      if (call === undefined) continue
      if (traceFile !== undefined) trace(`# ${at}: ${call.text()}`)
      totals.calls++
      count(byKind, kind)
      const result = call.run()
      if (result instanceof Promise) pending.push(result.catch(error => judge(error, epoch, at, kind)))
      totals.answered++
    } catch (error) {
      judge(error, epoch, at, kind)
    }
    const taken = performance.now() - begin
    if (taken > SLOW) fail(`it took ${Math.round(taken)} ms`, new Error('slow'), epoch, at, kind)
  }
  const late = error => fail(error.message, error, epoch, perEpoch, 'epoch')
  await within(Promise.all([...pending, ...begun.splice(0)]), 'what was begun does not end').catch(late)
  await within(sockets.close(), 'its sockets do not close').catch(late)
  for (const [fd, link] of await openedSince(before))
    fail(`descriptor ${fd} stays open: ${link}`, new Error(`descriptors leak: ${link}`), epoch, perEpoch, 'epoch')
  await bystanders.check().catch(error => fail('a socket is broken', error, epoch, perEpoch, 'bystander'))
}

async function within(promise, what) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(what)), DEADLINE)
  })
  await Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

function memory() {
  for (let times = 0; times < 4; times++) globalThis.gc()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  return { rss, heapUsed, arrayBuffers }
}

// One that nobody catches would end the process: it is a failure like the others.
let current = first
process.on('uncaughtException', error => fail('uncaught', error, current, perEpoch, 'event'))
process.on('unhandledRejection', error => fail('unhandled', error, current, perEpoch, 'event'))
process.on('warning', ({ name }) => count(codes, name))

occupyBelow(OCCUPIED)
// What Node opens once and for all at the first sockets is no leak.
await (await new Sockets().open(chanceOf(1))).close()
const bystanders = await openBystanders()
const begin = performance.now()
/** Memory after a fifth of the epochs, when every cache is full, and at the end. */
const warm = first + Math.max(1, Math.floor(epochs / 5))
let early
for (current = first; current < first + epochs; current++) {
  if (current === warm) early = memory()
  writeSync(2, `@${current}\n`)
  await epochOf(current, bystanders)
}
const seconds = (performance.now() - begin) / 1000
const late = memory()
await bystanders.close()
console.log(
  JSON.stringify({
    totals,
    seconds,
    byKind: Object.fromEntries(byKind),
    codes: Object.fromEntries(codes),
    growthKiB: early && Object.fromEntries(Object.keys(late).map(key => [key, Math.round((late[key] - early[key]) / 1024)])),
    rssMiB: Math.round(late.rss / 2 ** 20),
    refused: Object.fromEntries(refused),
    uncalled: uncalled(),
    failures: [...failures.values()],
  }),
)

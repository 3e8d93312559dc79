/** CAN anything that JavaScript hands to the addon crash the process? The binary alone, without src/. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const require = createRequire(import.meta.url)
/** Milliseconds that a child may take. Another build may be slow. */
const timeout = Number(process.env.NATIVE_TIMEOUT ?? 60_000)
const here = fileURLToPath(new URL('.', import.meta.url))
/** Another build of the same addon can be put to the test: one with sanitizers, or one that a cross compiler made. */
const binary = process.env.NATIVE_BINARY ?? fileURLToPath(new URL('../../build/Release/getsockopt.node', import.meta.url))
const native = require('./native-arena.cjs')
const { EFAULT, EINVAL, NO_RESULT, Operation, SOL_SOCKET, SO_RCVBUF, SO_TYPE } = native

const { server, descriptor } = native.listen()
afterAll(() => server.close())

/** Another node runs `code`, which sees `native`, `binary` and `listening`, an open socket that does not keep it running. */
function run(code: string, flags: string[] = []) {
  const prelude = `
    const native = require(${JSON.stringify(join(here, 'native-arena.cjs'))})
    const binary = ${JSON.stringify(binary)}
    const listening = native.listen()
    listening.server.unref()
  `
  return outcome([...flags, '-e', prelude + code])
}

function outcome(parameters: string[]) {
  const child = spawnSync(process.execPath, ['--no-deprecation', ...parameters], { encoding: 'utf8', timeout })
  return { status: child.status, signal: child.signal, stderr: child.stderr, stdout: child.stdout.trim() }
}

const prints = (stdout: string) => ({ status: 0, signal: null, stderr: '', stdout })

/** What a worker runs: it attaches, asks `calls` times, says how many answers were right, and does what comes last. */
const asking = (calls: number, last: string) => `
  const { parentPort, workerData } = require('node:worker_threads')
  const native = require(workerData.arena)
  const { server, descriptor } = native.listen()
  const arena = native.attach(native.load(workerData.binary))
  let right = 0
  for (let calls = 0; calls < ${calls}; calls++) {
    if (native.works(arena, descriptor)) right++
    if (calls === 100) parentPort.postMessage('asking')
  }
  parentPort.postMessage(right)
  ${last}
`
const startWorker = (calls: number, last = 'server.close()') => `
  const { Worker } = require('node:worker_threads')
  const start = () => new Worker(${JSON.stringify(asking(calls, last))}, {
    eval: true, workerData: { arena: ${JSON.stringify(join(here, 'native-arena.cjs'))}, binary }
  })
`

describe('attach()', () => {
  const detached = new ArrayBuffer(1024)
  structuredClone(detached, { transfer: [detached] })

  test.each<[string, unknown[]]>([
    ['nothing', []],
    ['two buffers', [new ArrayBuffer(1024), new ArrayBuffer(1024)]],
    ['undefined', [undefined]],
    ['null', [null]],
    ['a number', [1024]],
    ['a string', ['1024']],
    ['an object', [{ byteLength: 1024 }]],
    ['a function', [() => new ArrayBuffer(1024)]],
    ['a Uint8Array', [new Uint8Array(1024)]],
    ['a Buffer', [Buffer.alloc(1024)]],
    ['a DataView', [new DataView(new ArrayBuffer(1024))]],
    ['a SharedArrayBuffer', [new SharedArrayBuffer(1024)]],
    ['an empty ArrayBuffer', [new ArrayBuffer(0)]],
    ['an ArrayBuffer smaller than the header', [new ArrayBuffer(31)]],
    ['an ArrayBuffer larger than an int can say', [new ArrayBuffer(2 ** 31)]],
    ['a detached ArrayBuffer', [detached]],
  ])('refuses %s with -EINVAL and keeps the arena it has', (_, parameters) => {
    const addon = native.load(binary)
    const arena = native.attach(addon)
    expect(addon.attach(...parameters)).toBe(EINVAL)
    expect(native.works(arena, descriptor)).toBe(true)
  })

  test('takes an ArrayBuffer of the header alone, in which no request has room', () => {
    const addon = native.load(binary)
    const buffer = new ArrayBuffer(32)
    expect(addon.attach(buffer)).toBe(32)
    const words = new Int32Array(buffer).fill(1)
    addon.call()
    expect([...words]).toEqual(Array(8).fill(1))
  })

  test('leaves the arena before alone', () => {
    const addon = native.load(binary)
    const before = native.attach(addon)
    expect(native.works(before, descriptor)).toBe(true)
    const after = native.attach(addon)
    expect(native.works(after, descriptor)).toBe(true)
    expect(before.ask(descriptor, { operation: Operation.isSocket })).toBe(NO_RESULT)
  })

  test('makes an arena for one instance of the addon and not for another', () => {
    const [one, other] = [native.load(binary), native.load(binary)]
    const arena = native.attach(one)
    other.call()
    expect(native.works(arena, descriptor)).toBe(true)
    arena.words[15] = NO_RESULT
    other.call()
    expect(arena.words[15]).toBe(NO_RESULT)
  })
})

describe('the arena', () => {
  test('lives as long as it is attached, though JavaScript forgets it, and no longer', () => {
    const code = `
      const addon = native.load(binary)
      let collected = 0
      const registry = new FinalizationRegistry(() => collected++)
      const attach = () => {
        const buffer = new ArrayBuffer(1024)
        registry.register(buffer)
        addon.attach(buffer)
      }
      const turns = async (times, isEnough) => {
        for (let turn = 0; turn < times && !isEnough(); turn++) {
          gc()
          addon.call()
          await new Promise(resolve => setImmediate(resolve))
        }
      }
      const main = async () => {
        attach()
        await turns(50, () => false)
        const whileAttached = collected
        attach()
        await turns(1000, () => collected > 0)
        console.log(whileAttached, collected)
      }
      main()
    `
    expect(run(code, ['--expose-gc'])).toEqual(prints('0 1'))
  })
})

describe('call()', () => {
  test('does nothing before attach(), whatever it is called with', () => {
    const { call } = native.load(binary)
    expect(call()).toBe(undefined)
    expect(call.apply({}, [1, 'two', new ArrayBuffer(64)])).toBe(undefined)
    expect(typeof Reflect.construct(call, [])).toBe('object')
  })

  test('carries out every request of the arena, each with its own result', () => {
    const addon = native.load(binary)
    const arena = native.attach(addon)
    arena.words[0] = 4
    arena.words[1] = descriptor
    arena.put(0, { operation: Operation.get, level: SOL_SOCKET, number: SO_TYPE, offset: 512, capacity: 4 })
    arena.put(1, { operation: Operation.isSocket, offset: 512 })
    arena.put(2, { operation: 16, offset: 512 })
    arena.put(3, { operation: Operation.get, level: SOL_SOCKET, number: SO_RCVBUF, offset: 1021, capacity: 4 })
    addon.call()
    expect([0, 1, 2, 3].map(index => arena.words[8 + index * 8 + 7])).toEqual([4, 1, EFAULT, EFAULT])
  })

  test('survives 200,000 random arenas, refuses what is out of bounds and changes no byte around what is not', () => {
    const seed = Number(process.env.FUZZ_SEED ?? 20_261_123)
    const { stdout, ...rest } = outcome([join(here, 'native-fuzz.cjs'), binary, String(seed), '200000'])
    expect(rest).toEqual({ status: 0, signal: null, stderr: '' })
    const { calls, answered, failed, refused, leaked } = JSON.parse(stdout)
    expect([calls, leaked]).toEqual([200_000, 0])
    // Every kind of outcome was met, so that no prediction was vacuous.
    expect(Math.min(answered, failed, refused)).toBeGreaterThan(10_000)
  })
})

describe('in workers', () => {
  test('one worker asks and exits', () => {
    const code = `${startWorker(1000)}
      start().on('message', message => console.log(message))
    `
    expect(run(code)).toEqual(prints('asking\n1000'))
  })

  test('eight workers ask at once', () => {
    const code = `${startWorker(20_000)}
      let right = 0
      for (let workers = 0; workers < 8; workers++) start().on('message', message => { if (message !== 'asking') right += message })
      process.on('exit', () => console.log(right))
    `
    expect(run(code)).toEqual(prints('160000'))
  })

  test('a worker that is terminated while it asks leaves the addon of the main thread working', () => {
    const code = `${startWorker(Infinity)}
      const arena = native.attach(native.load(binary))
      const terminate = async () => {
        for (let times = 0; times < 5; times++) {
          const worker = start()
          await new Promise(resolve => worker.once('message', resolve))
          await worker.terminate()
          console.log(native.works(arena, listening.descriptor))
        }
      }
      terminate()
    `
    expect(run(code)).toEqual(prints('true\ntrue\ntrue\ntrue\ntrue'))
  })
})

describe('twice in one process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'getsockopt-'))
  const copy = join(folder, 'copy.node')
  copyFileSync(binary, copy)
  afterAll(() => rmSync(folder, { recursive: true }))

  test('two copies of the file work side by side, each in its own arena', () => {
    const code = `
      const arenas = [binary, ${JSON.stringify(copy)}].map(path => native.attach(require(path)))
      const right = [0, 1, 0, 1, 1, 0].filter(index => native.works(arenas[index], listening.descriptor))
      console.log(right.length)
    `
    expect(run(code)).toEqual(prints('6'))
  })

  test('a file that is required again after its module was dropped is a new instance', () => {
    const code = `
      const first = require(binary)
      const arena = native.attach(first)
      delete require.cache[binary]
      const second = require(binary)
      second.call()
      console.log(first === second, native.works(arena, listening.descriptor), native.works(native.attach(second), listening.descriptor))
    `
    expect(run(code)).toEqual(prints('false true true'))
  })
})

describe('a process exits with code 0', () => {
  test.each([
    ['before the addon is loaded', ''],
    ['with the addon loaded', 'native.load(binary)'],
    ['with an arena attached', 'native.attach(native.load(binary))'],
    ['after a call', 'native.works(native.attach(native.load(binary)), listening.descriptor)'],
    ['after a call, by process.exit()', 'native.works(native.attach(native.load(binary)), listening.descriptor); process.exit()'],
    [
      'after a call in its last event',
      `const addon = native.load(binary); process.on('exit', () => native.works(native.attach(addon), listening.descriptor))`,
    ],
    ['while a worker asks', `${startWorker(Infinity)} start().once('message', () => process.exit())`],
    ['when a worker has called process.exit() after a call', `${startWorker(1, 'process.exit()')} start()`],
  ])('%s', (_, code) => {
    expect(run(code)).toEqual(prints(''))
  })
})

/** DOES it work in eight worker threads at once, and does it survive that one is terminated in the middle of a loop of calls? */
import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import * as library from 'getsockopt'
import { smoke } from './smoke.mjs'
import { listening, runtime } from './targets.mjs'

const WORKERS = 8

async function readForEver() {
  const server = await listening(net.createServer())
  library.getsockopt(server, 'SO_TYPE')
  parentPort.postMessage('reading')
  for (;;) library.snapshot(server)
}

async function terminated() {
  const worker = new Worker(new URL(import.meta.url), { workerData: { reads: true } })
  await once(worker, 'message')
  await worker.terminate()
  return { passed: 1, failed: [] }
}

async function run(certificates) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { certificates } })
  const [outcome] = await once(worker, 'message')
  await worker.terminate()
  return outcome
}

if (isMainThread) {
  const outcomes = await Promise.all(Array.from({ length: WORKERS }, () => run(process.argv[2])))
  outcomes.push(await terminated())
  const [{ version, hidden, absent }] = outcomes
  const all = {
    runtime,
    version,
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    hidden,
    absent,
    failed: outcomes.flatMap(({ failed }) => failed),
  }
  console.log(JSON.stringify(all))
  process.exitCode = all.failed.length === 0 ? 0 : 1
} else if (workerData.reads) await readForEver()
else parentPort.postMessage(await smoke(library, workerData.certificates, false))

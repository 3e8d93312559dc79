/** WHEN may a test go on? On an event or on a fact, each with a deadline; never after a sleep. */
import type { EventEmitter } from 'node:events'

/** The arguments of the next `name`. Rejects on 'error' (unless that is what is awaited) and at the deadline, in milliseconds. */
export function event<Arguments extends unknown[] = any[]>(emitter: EventEmitter, name: string, deadline = 5000): Promise<Arguments> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      clearTimeout(timer)
      emitter.off(name, arrived)
      emitter.off('error', failed)
    }
    const arrived = (...values: unknown[]): void => {
      done()
      resolve(values as Arguments)
    }
    const failed = (error: Error): void => {
      done()
      reject(error)
    }
    const timer = setTimeout(() => failed(new Error(`no '${name}' from ${emitter.constructor.name} within ${deadline} ms`)), deadline)
    emitter.on(name, arrived)
    if (name !== 'error') emitter.on('error', failed)
  })
}

/** Asks on every turn of the event loop until the answer is truthy, and returns that answer. Rejects at the deadline, in milliseconds. */
export async function until<Fact>(fact: () => Fact, deadline = 5000): Promise<NonNullable<Fact>> {
  const end = performance.now() + deadline
  for (;;) {
    const answer = fact()
    if (answer) return answer
    if (performance.now() > end) throw new Error(`not true within ${deadline} ms: ${fact}`)
    await new Promise(resolve => setImmediate(resolve))
  }
}

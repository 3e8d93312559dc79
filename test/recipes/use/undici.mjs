import diagnostics from 'node:diagnostics_channel'
import * as undici from 'undici'
import { note } from './note.mjs'
import { dispatcher } from './undici.js'

const sockets = []
diagnostics.subscribe('undici:client:connected', ({ socket }) => sockets.push(socket))
const { URL: url } = process.env
const ask = async (how, asking) => {
  const answer = await asking()
  if (answer !== '42') throw new Error(answer)
  note(`after ${how}`, sockets.at(-1))
}
await ask('a request', async () => (await undici.request(url, { dispatcher })).body.text())
await ask("a fetch of undici's", async () => (await undici.fetch(url, { dispatcher })).text())
undici.setGlobalDispatcher(dispatcher)
await ask("a fetch of Node's", async () => (await fetch(url)).text())
await dispatcher.close()

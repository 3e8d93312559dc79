import http from 'node:http'
import https from 'node:https'
import { text } from 'node:stream/consumers'
import { httpAgent, httpsAgent } from './http.js'
import { note } from './note.mjs'

const { URL: url } = process.env
const [{ get }, agent] = url.startsWith('https:') ? [https, httpsAgent] : [http, httpAgent]
const ask = () =>
  new Promise((resolve, reject) => {
    const request = get(url, { agent }, async response => resolve([(await text(response)).trim(), request])).on('error', reject)
  })

const [answer, { socket }] = await ask()
if (answer !== '42') throw new Error(answer)
note('after a request', socket)
const [, again] = await ask()
if (!again.reusedSocket || again.socket !== socket) throw new Error('another connection')
note('after it was used again', socket)
agent.destroy()

import { text } from 'node:stream/consumers'
import { connectHttp2 } from './http2.js'
import { note } from './note.mjs'

const session = connectHttp2(process.env.URL)
const answer = await text(session.request({ ':path': '/' }))
if (answer !== '42') throw new Error(answer)
const socket = session[Object.getOwnPropertySymbols(session).find(symbol => symbol.description === 'socket')]
note('after a request', socket)
session.close()

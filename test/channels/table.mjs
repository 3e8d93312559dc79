/**
 * WHEN does each maker's socket come to the options of applyToAll() on the Node that runs this? Prints JSON: `{ who: when }`.
 *
 * `node test/channels/table.mjs dist/index.js`. The SYN says itself whether the options were there before it: its segment size is what was named. Needs
 * NODE_EXTRA_CA_CERTS, for fetch().
 */
import { pathToFileURL } from 'node:url'
import { bindDatagrams, clients, createListener } from './makers.mjs'

const { applyToAll, getsockopt, setsockopt } = await import(pathToFileURL(process.argv[2]).href)

const wanted = { TCP_MAXSEG: 1200, SO_PRIORITY: 5 }
const reports = []
const onReport = report => reports.push({ ...report, now: getsockopt(report.socket, 'SO_PRIORITY') })

/** Kind 2 of the options of the SYN that the listener has kept; IPv4, as here, has 20 bytes before TCP. */
function segmentSizeIn(accepted) {
  const syn = getsockopt(accepted, 'TCP_SAVED_SYN', { consume: true })
  return syn[40] === 2 ? syn.readUInt16BE(42) : undefined
}

const say = ({ moment, via, now }) => {
  if (now !== wanted.SO_PRIORITY) throw new Error(`SO_PRIORITY is ${now} after ${moment}`)
  return `${moment} (${via})`
}

async function tableOfClients() {
  const table = {}
  for (const [who, kind, make] of clients) {
    const { server, listen, close } = createListener(kind)
    const where = await listen()
    if (kind !== 'unix') setsockopt(server, 'TCP_SAVE_SYN', 1)
    const offered = new Promise(resolve => {
      server.once('connection', accepted => resolve(kind === 'unix' ? undefined : segmentSizeIn(accepted)))
    })
    reports.length = 0
    const application = applyToAll(wanted, { onReport })
    const made = await make(where)
    application.stop()
    const segmentSize = await offered
    const [report, ...others] = reports
    if (others.length > 0) throw new Error(`${who}: told ${others.length + 1} times`)
    const isBefore = report?.moment === 'before connect'
    if (kind !== 'unix' && isBefore !== (segmentSize === wanted.TCP_MAXSEG))
      throw new Error(`${who}: ${report?.moment}, and the SYN offered ${segmentSize}`)
    table[who] = report === undefined ? 'not at all' : say(report)
    for (const one of made) one?.destroy()
    await close()
  }
  return table
}

async function tableOfServers() {
  const { listen, close } = createListener('tcp')
  reports.length = 0
  const application = applyToAll({ SO_PRIORITY: 5 }, { clients: false, servers: true, datagrams: true, onReport })
  const where = await listen()
  const [, , connect] = clients[0]
  const [client] = await connect(where)
  while (reports.length < 2) await new Promise(resolve => setImmediate(resolve))
  const datagrams = await bindDatagrams()
  application.stop()
  client.destroy()
  datagrams.close()
  await close()
  return Object.fromEntries(['server.listen()', 'an accepted socket', 'a socket of dgram'].map((who, index) => [who, say(reports[index])]))
}

console.log(JSON.stringify({ ...(await tableOfClients()), ...(await tableOfServers()) }, undefined, 2))

// A primary with two workers. Each listens and binds on its own, and reports what it could and could not; the primary passes that on.
import cluster from 'node:cluster'
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { bind, getsockopt, listen } from '../../dist/index.js'

const host = '127.0.0.1'

function refusalOf(call) {
  try {
    call()
    return undefined
  } catch ({ name, code, kind, message }) {
    return { name, code, kind, message }
  }
}

if (cluster.isPrimary) {
  const reports = []
  let port = 0
  // One after the other: the second takes the port of the first.
  for (const _ of [1, 2]) {
    const worker = cluster.fork({ PORT: port })
    const [report] = await once(worker, 'message')
    reports.push(report)
    port = report.port
  }
  process.send(reports, () => {
    for (const worker of Object.values(cluster.workers)) worker.process.kill()
  })
} else {
  const report = {
    shared: refusalOf(() => listen(net.createServer(), { port: 0 })),
    sharedDatagrams: refusalOf(() => bind(dgram.createSocket('udp4'), {})),
  }
  const alone = listen(net.createServer(), { port: 0, host, exclusive: true, socketOptions: { SO_PRIORITY: 5 } })
  await once(alone, 'listening')
  report.alone = getsockopt(alone, 'SO_PRIORITY')
  const balanced = listen(net.createServer(), { port: Number(process.env.PORT), host, socketOptions: { SO_REUSEPORT: true } })
  await once(balanced, 'listening')
  report.port = balanced.address().port
  const datagrams = bind(dgram.createSocket('udp4'), { address: host, exclusive: true, socketOptions: { SO_PRIORITY: 5 } })
  await once(datagrams, 'listening')
  report.datagrams = getsockopt(datagrams, 'SO_PRIORITY')
  process.send(report)
}

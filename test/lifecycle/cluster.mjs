// A primary with one worker. The worker opens what a worker can open, and reports what each resolves to; the primary passes that on.
import cluster from 'node:cluster'
import dgram from 'node:dgram'
import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'

if (cluster.isPrimary) {
  const worker = cluster.fork()
  worker.on('message', report => process.send(report, () => worker.process.kill()))
} else {
  const { resolve } = await import(process.env.RESOLVE)
  const seen = target => {
    try {
      return { fd: resolve(target) }
    } catch ({ name, code, kind, message }) {
      return { name, code, kind, message }
    }
  }
  const report = {}

  const shared = http.createServer().listen(0, '127.0.0.1')
  await once(shared, 'listening')
  report.shared = seen(shared)

  const arrival = once(shared, 'connection')
  const client = net.connect(shared.address().port, '127.0.0.1')
  const [accepted] = await arrival
  report.accepted = seen(accepted)
  client.destroy()
  accepted.destroy()
  shared.close()
  report.closed = seen(shared)

  const exclusive = net.createServer().listen({ port: 0, host: '127.0.0.1', exclusive: true })
  await once(exclusive, 'listening')
  report.exclusive = seen(exclusive)

  const datagram = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await once(datagram, 'listening')
  report.datagram = seen(datagram)

  process.send(report)
}

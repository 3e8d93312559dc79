/** How much does a program carry that has installed the package? */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const dist = new URL('../../dist/', import.meta.url).href
const [loaded, binary] = ['JavaScript that is loaded to look at TCP, UDP and unix sockets', 'the binary of this system']

export const title = 'How much does a program carry that has installed the package?'
export const targets = [
  { of: loaded, limit: 200_000 },
  { of: binary, limit: 100_000 },
]
export const remarks = [
  'The package as `npm pack` makes it here, with the binary of this system alone; a release holds those of other systems too. What is loaded are the files of `dist/` that V8 has seen in a process that has called `getsockopt`, `snapshot` and `getTimeouts` on such sockets.',
]
export const leftOutOfQuick = 'npm run check:package has its budget'

function call(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26, ...options })
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${error?.message ?? stderr}`)
  return stdout
}

/** In a copy, because prebuildify builds where node-gyp builds, and leaves nothing of it. */
function packedFiles(folder) {
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const name of ['package.json', 'README.md', 'LICENSE', ...files]) cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  call('npx', ['prebuildify', '--napi', '--strip', '--tag-libc', '--quiet'], { cwd: folder })
  const [packed] = JSON.parse(call('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], { cwd: folder }))
  return packed
}

const looking = `
  import { createServer } from 'node:net'
  import { createSocket } from 'node:dgram'
  import { getsockopt, getTimeouts, snapshot } from ${JSON.stringify(`${dist}index.js`)}
  const look = socket => [getsockopt(socket, 'SO_RCVBUF'), snapshot(socket).state, getTimeouts(socket)]
  const tcp = createServer().listen(0, () => { look(tcp); tcp.close() })
  const unix = createServer().listen(process.argv[1], () => { look(unix); unix.close() })
  const udp = createSocket('udp4').bind(0, () => { look(udp); udp.close() })`

/** Bytes of the files that such a program loads. */
function loadedBytes(folder) {
  const env = { ...process.env, NODE_V8_COVERAGE: folder }
  call(process.execPath, ['--input-type=module', '-e', looking, join(folder, 'socket')], { env })
  const [report] = readdirSync(folder).filter(name => name.startsWith('coverage-'))
  const urls = JSON.parse(readFileSync(join(folder, report), 'utf8')).result.map(({ url }) => url)
  const files = [...new Set(urls.filter(url => url.startsWith(dist)))]
  return { count: files.length, bytes: files.reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0) }
}

export function run() {
  const { size, unpackedSize, files } = packedFiles(mkdtempSync(join(tmpdir(), 'package-')))
  const sum = test => files.filter(({ path }) => test(path)).reduce((total, { size }) => total + size, 0)
  const isBinary = path => path.endsWith('.node') && path.includes(`${process.platform}-${process.arch}/`)
  const { count, bytes } = loadedBytes(mkdtempSync(join(tmpdir(), 'loaded-')))
  return {
    facts: [
      { what: 'the tarball', unit: 'bytes', median: size },
      { what: 'unpacked', unit: 'bytes', median: unpackedSize },
      { what: 'files', unit: '', median: files.length },
      { what: 'JavaScript', unit: 'bytes', median: sum(path => /\.c?js$/.test(path)) },
      { what: 'types', unit: 'bytes', median: sum(path => path.endsWith('.d.ts')) },
      { what: binary, unit: 'bytes', median: sum(isBinary) },
      { what: loaded, unit: 'bytes', median: bytes },
      { what: '... in so many files', unit: '', median: count },
    ],
    skipped: files.some(({ path }) => isBinary(path)) ? [] : [`no binary named after ${process.platform}-${process.arch} was built`],
  }
}

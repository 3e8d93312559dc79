/** WHAT does a guest boot? A RAM disk of busybox, Node with its libraries, and the app. It needs no disk, no network and no privilege to make. */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { cached } from './cache.mjs'
import { run } from './commands.mjs'

/** Where the libraries of a root lie: /usr/lib and /lib, and below each the folder of the architecture. */
function librariesOf(root) {
  const found = new Map()
  for (const folder of ['usr/lib', 'lib', 'usr/lib64', 'lib64'].map(name => join(root, name)).filter(path => existsSync(path))) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      const files = entry.isDirectory() && entry.name.includes('-linux-') ? readdirSync(path).map(name => join(path, name)) : [path]
      for (const file of files) if (/\.so(\.|$)/.test(file) && !found.has(basename(file))) found.set(basename(file), file)
    }
  }
  return found
}

/** The program's interpreter, and every library that it or one of these needs, as paths in the root. */
export function needsOf(root, program) {
  const libraries = librariesOf(root)
  const needed = new Map()
  const visit = file => {
    for (const [, name] of run('readelf', ['-dW', file]).matchAll(/\(NEEDED\).*\[(.+)\]/g)) {
      if (needed.has(name)) continue
      const path = libraries.get(name)
      if (path === undefined) throw new Error(`${basename(file)} needs ${name}, which is not in ${root}`)
      needed.set(name, path)
      visit(path)
    }
  }
  visit(program)
  const interpreter = /program interpreter: (.+)\]/.exec(run('readelf', ['-lW', program]))?.[1]
  return { interpreter, libraries: needed }
}

/** Writes a folder as the archive that the kernel unpacks. Not compressed: emulated, unpacking takes longer than reading. */
function archive(folder, file) {
  const names = run('find', ['.'], { cwd: folder })
  run('cpio', ['--create', '--format=newc', '--quiet', '--owner=0:0', `--file=${file}`], { cwd: folder, input: names })
}

/** What stays the same from one run to the next: Debian's Node as /bin/node, and busybox. */
function userland(root) {
  return cached(`${basename(root)}.cpio`, file => {
    const folder = mkdtempSync(join(tmpdir(), 'systems-'))
    try {
      const node = join(root, 'usr/bin/node')
      const { interpreter, libraries } = needsOf(root, node)
      for (const name of ['bin', 'lib', 'proc', 'sys', 'dev', 'tmp', 'usr/share', dirname(interpreter)]) {
        mkdirSync(join(folder, name), { recursive: true })
      }
      cpSync(node, join(folder, 'bin/node'))
      cpSync(join(root, 'usr/bin/busybox'), join(folder, 'bin/busybox'))
      for (const [name, path] of libraries) cpSync(path, join(folder, 'lib', name), { dereference: true })
      const loader = librariesOf(root).get(basename(interpreter))
      cpSync(loader, join(folder, interpreter), { dereference: true })
      // Debian's Node keeps a part of its own JavaScript here.
      cpSync(join(root, 'usr/share/nodejs'), join(folder, 'usr/share/nodejs'), {
        recursive: true,
        verbatimSymlinks: true,
        filter: path => basename(path) !== 'corepack',
      })
      archive(folder, file)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
}

/**
 * A RAM disk that runs the commands in /app, one after the other, and reports on the console what each wrote and how it ended. The report is in base64,
 * behind a mark and with a checksum, because the kernel writes to the console too.
 */
export function makeImage({ root, app, commands, temporary }) {
  const folder = join(temporary, 'image')
  cpSync(app, join(folder, 'app'), { recursive: true })
  const runs = commands.map((command, at) => `${command} >/report/${at}.output 2>/report/${at}.errors; echo $? >/report/${at}.ended`)
  const init = readFileSync(new URL('init.sh', import.meta.url), 'utf8').replace('# the commands', runs.join('\n'))
  writeFileSync(join(folder, 'init'), init)
  chmodSync(join(folder, 'init'), 0o755)
  const [own, image] = ['app.cpio', 'image.cpio'].map(name => join(temporary, name))
  archive(folder, own)
  // Archives follow one another: cpio pads each to 512 bytes.
  writeFileSync(image, Buffer.concat([userland(root), own].map(file => readFileSync(file))))
  return image
}

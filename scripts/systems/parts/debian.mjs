/** WHERE do the programs of another architecture come from? From this machine's own Debian mirror, unpacked into a folder and never installed. */
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from './cache.mjs'
import { missing, run } from './commands.mjs'

const folder = '/etc/apt'

/** Each source of apt as an object of its fields: deb822, or the one-line form. */
function sources() {
  const parts = join(folder, 'sources.list.d')
  const files = [join(folder, 'sources.list'), ...(existsSync(parts) ? readdirSync(parts).map(name => join(parts, name)) : [])]
  const texts = files.filter(file => existsSync(file)).map(file => [file, readFileSync(file, 'utf8').replace(/^\s*#.*$/gm, '')])
  return texts.flatMap(([file, text]) =>
    file.endsWith('.sources') ? text.split(/\n\s*\n/).map(stanza) : text.split('\n').flatMap(oneLine),
  )
}

const stanza = text => Object.fromEntries([...text.matchAll(/^(\S+):[ \t]*(.*)$/gm)].map(([, name, value]) => [name, value]))

function oneLine(line) {
  const [, URIs, Suites, Components] = /^deb(?:\s+\[.*?\])?\s+(\S+)\s+(\S+)\s+(.*)$/.exec(line.trim()) ?? []
  return URIs === undefined ? [] : [{ URIs, Suites, Components }]
}

/** The mirror of Debian itself that apt uses here: the one that has the suite this machine was installed from. */
function findMirror() {
  const codename = /^VERSION_CODENAME=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
  const isDebian = ({ Suites = '', Components = '' }) => Suites.split(/\s+/).includes(codename) && Components.split(/\s+/).includes('main')
  return sources().find(isDebian)?.URIs.split(/\s+/)[0]
}

export const needsDebian = () =>
  missing({ mmdebstrap: 'mmdebstrap' }) ?? (findMirror() === undefined ? 'no Debian mirror in the sources of apt' : undefined)

/**
 * A folder with the packages and what they depend on, as files: no script of theirs runs. Debian's signature is checked; the date until
 * which it holds is not, because mirrors of the suites that still move may lag behind. With the variant `apt` the packages are set up as well, which takes
 * root.
 */
export function debianRoot(suite, architecture, packages, variant = 'extract') {
  return cached(`${suite}-${architecture}-${packages.join('-')}`, root => {
    const include = `--include=${packages.join(',')}`
    const options = [`--variant=${variant}`, `--architectures=${architecture}`, include, '--aptopt=Acquire::Check-Valid-Until "false"']
    run('mmdebstrap', [...options, suite, root, findMirror()], { timeout: 600_000 })
    // Programs look for their loader in /lib, which is a link that no package of the newer suites contains.
    if (!existsSync(join(root, 'lib'))) symlinkSync('usr/lib', join(root, 'lib'))
  })
}

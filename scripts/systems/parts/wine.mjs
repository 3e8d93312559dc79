/** HOW does a program of Windows run here? In a Wine of Debian's, in a root of its own, with a network that is this machine's. */
import { mkdirSync } from 'node:fs'
import { runProgram } from '../../runtimes/run.mjs'
import { cached } from './cache.mjs'
import { run } from './commands.mjs'
import { debianRoot } from './debian.mjs'

/**
 * Arguments: the root, the folder for Wine's own files, the app, a folder for temporary files; then the command. Under Wine, Node cannot write into a pipe
 * that comes from outside ("open EBADF"): hence the files. Wine 10 aborts where TMPDIR is set. What is written to Wine's own files, once they are there, goes to the
 * temporary folder, so that several can run at once. The mounts and every process, Wine's servers too, end with the namespaces.
 */
const script = `
root=$1 prefix=$2 app=$3 temporary=$4
shift 4
mkdir -p "$root/prefix" "$root/app"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
if [ -d "$prefix/drive_c" ]; then
  mkdir -p "$temporary/written" "$temporary/work"
  mount -t overlay -o "lowerdir=$prefix,upperdir=$temporary/written,workdir=$temporary/work" overlay "$root/prefix"
else
  mount --bind "$prefix" "$root/prefix"
fi
mount --bind "$app" "$root/app"
mount --bind "$temporary" "$root/tmp"
unset TMPDIR XDG_RUNTIME_DIR
export HOME=/tmp WINEPREFIX=/prefix WINEDEBUG=-all
code=0
chroot "$root" sh -c 'cd /app && exec "$@"' sh "$@" </dev/null >"$temporary/output" 2>"$temporary/errors" || code=$?
cat "$temporary/output"
cat "$temporary/errors" >&2
exit $code
`

const inNamespaces = (...args) => ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-euc', script, 'sh', ...args]

/** Wine in a root. It does not start without what the scripts of its packages do. */
const rootOf = ({ suite, architecture, packages }) => debianRoot(suite, architecture, packages, 'apt')

/** Wine's own files: its drives and its registry, which begin as those of a Windows that Node refuses. */
function prefixOf(wine, root, { app, temporary }) {
  return cached(`wine-${wine.suite}-${wine.architecture}`, prefix => {
    mkdirSync(prefix)
    const command = 'wine wineboot --init && wine winecfg -v win10 && wineserver --wait'
    run('unshare', inNamespaces(root, prefix, app, temporary, 'sh', '-c', command), { timeout: 300_000 })
  })
}

function commandOf(wine, folders, args) {
  const root = rootOf(wine)
  return inNamespaces(root, prefixOf(wine, root, folders), folders.app, folders.temporary, 'wine', ...args)
}

/** Runs a program of Windows in the app's folder, to its outcome. */
export const runInWine = (wine, folders, args) => runProgram('unshare', commandOf(wine, folders, args), folders.app)

export const versionOf = (wine, folders) =>
  run('unshare', commandOf(wine, folders, ['--version']))
    .trim()
    .replace(/^wine-(\S+).*/, 'Wine $1')

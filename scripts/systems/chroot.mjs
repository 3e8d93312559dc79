/** WHICH architectures does this machine's own processor and kernel run beside their own? ia32 on x64, through the kernel's 32-bit system calls. */
import { release } from 'node:os'
import { runProgram } from '../runtimes/run.mjs'
import { answerCommand, needsAnswers, placeAnswers } from './parts/answers.mjs'
import { needsBinary, placeBinary } from './parts/binary.mjs'
import { missing } from './parts/commands.mjs'
import { debianRoot, needsDebian } from './parts/debian.mjs'
import { joinOutcomes } from './parts/outcome.mjs'

const binary = 'linux-ia32/getsockopt.glibc.node'
const compiler = 'i686-linux-gnu-gcc'

/** Arguments: the root, the app, a folder for temporary files; then the command. The mounts end with the process. */
const script = `
root=$1 app=$2 temporary=$3
shift 3
mkdir -p "$root/app" "$root/proc" "$root/dev"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$temporary" "$root/tmp"
mount --bind "$app" "$root/app"
cd "$root/app"
export HOME=/tmp TMPDIR=/tmp
exec chroot "$root" /usr/bin/busybox sh -c 'cd /app && exec "$@"' sh "$@"
`

/** Without root, as root of a user namespace. */
const unshare = ['--mount', ...(process.geteuid?.() === 0 ? [] : ['--user', '--map-root-user'])]

async function runHere({ app, temporary }) {
  placeBinary(app, binary)
  placeAnswers(app, compiler)
  const root = debianRoot('trixie', 'i386', ['nodejs', 'busybox-static'])
  const outcomes = []
  for (const program of ['esm.mjs certificates', answerCommand]) {
    const command = ['node', ...program.split(' ')]
    outcomes.push(await runProgram('unshare', [...unshare, 'sh', '-euc', script, 'sh', root, app, temporary, ...command], app))
  }
  return { ...joinOutcomes(outcomes), kernel: release().split('-', 1)[0] }
}

const needsX64 = () =>
  process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `only Linux x64 runs it, and this is ${process.platform} ${process.arch}`

export const systems = [
  {
    name: 'Linux ia32, on the x64 kernel, glibc',
    binary,
    isQuick: true,
    needs: () => needsX64() ?? missing({ unshare: 'util-linux' }) ?? needsDebian() ?? needsBinary(binary) ?? needsAnswers(compiler),
    run: runHere,
  },
]

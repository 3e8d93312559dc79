/** WHICH machines are emulated, with a kernel of their own? qemu-system, because qemu-user answers for socket options itself, and some wrongly. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { answerCommand, needsAnswers, placeAnswers } from './parts/answers.mjs'
import { needsBinary, placeBinary } from './parts/binary.mjs'
import { missing } from './parts/commands.mjs'
import { debianRoot, needsDebian } from './parts/debian.mjs'
import { bootGuest } from './parts/guest.mjs'
import { makeImage } from './parts/image.mjs'
import { joinOutcomes, outcomesOf } from './parts/outcome.mjs'

/**
 * `node` and `kernel` are suites of Debian. The emulated machine is the one that this kernel starts on without a disk; `console` is its serial line's name.
 * Older and newer kernels are on x64, where they are the fastest.
 */
const machines = [
  {
    name: 'Linux arm64, glibc',
    architecture: 'arm64',
    node: 'trixie',
    kernel: ['bookworm', 'linux-image-arm64'],
    binary: 'linux-arm64/getsockopt.glibc.node',
    triplet: 'aarch64-linux-gnu',
    qemu: ['qemu-system-aarch64', 'qemu-system-arm'],
    machine: ['-M', 'virt', '-cpu', 'cortex-a57'],
    console: 'ttyAMA0',
  },
  {
    name: 'Linux armv7, glibc',
    architecture: 'armhf',
    node: 'trixie',
    kernel: ['trixie', 'linux-image-armmp-lpae'],
    binary: 'linux-arm/getsockopt.armv7.glibc.node',
    triplet: 'arm-linux-gnueabihf',
    qemu: ['qemu-system-arm', 'qemu-system-arm'],
    machine: ['-M', 'virt', '-cpu', 'cortex-a15'],
    console: 'ttyAMA0',
  },
  {
    name: 'Linux ppc64le, pages of 64 KiB, glibc',
    architecture: 'ppc64el',
    node: 'forky',
    kernel: ['forky', 'linux-image-powerpc64le-64k'],
    binary: 'linux-ppc64/getsockopt.glibc.node',
    triplet: 'powerpc64le-linux-gnu',
    qemu: ['qemu-system-ppc64', 'qemu-system-ppc'],
    machine: ['-M', 'pseries', '-cpu', 'power9'],
    console: 'hvc0',
  },
  {
    name: 'Linux s390x (big-endian), glibc',
    architecture: 's390x',
    node: 'forky',
    kernel: ['forky', 'linux-image-s390x'],
    binary: 'linux-s390x/getsockopt.glibc.node',
    triplet: 's390x-linux-gnu',
    qemu: ['qemu-system-s390x', 'qemu-system-misc'],
    machine: ['-M', 's390-ccw-virtio', '-cpu', 'max'],
    console: 'ttysclp0',
    // qemu 7.2 kills V8's own machine code: illegal instructions, or a fault, never at the same place.
    flags: ['--jitless'],
    isQuick: true,
  },
  {
    name: 'Linux riscv64, glibc',
    architecture: 'riscv64',
    node: 'trixie',
    kernel: ['trixie', 'linux-image-riscv64'],
    binary: 'linux-riscv64/getsockopt.glibc.node',
    triplet: 'riscv64-linux-gnu',
    qemu: ['qemu-system-riscv64', 'qemu-system-misc opensbi'],
    machine: ['-M', 'virt'],
    console: 'ttyS0',
  },
  ...[
    ['11', 'bullseye', 'linux-image-amd64'],
    ['12', 'bookworm', 'linux-image-cloud-amd64'],
    ['14', 'forky', 'linux-image-cloud-amd64'],
  ].map(([version, ...kernel]) => ({
    name: `Linux x64, glibc, kernel of Debian ${version}`,
    architecture: 'amd64',
    node: 'trixie',
    kernel,
    binary: 'linux-x64/getsockopt.glibc.node',
    triplet: 'x86_64-linux-gnu',
    qemu: ['qemu-system-x86_64', 'qemu-system-x86'],
    machine: ['-M', 'q35', '-cpu', 'max'],
    console: 'ttyS0',
  })),
]

/** The kernel of a root: in /boot, or since Debian 14 beside its modules. */
function kernelOf(root) {
  const folders = [join(root, 'boot'), ...releasesOf(root)].filter(folder => existsSync(folder))
  const [kernel] = folders
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
    .filter(path => /\/vmlinu[xz][^/]*$/.test(path))
  if (kernel === undefined) throw new Error(`${root} has no kernel`)
  return kernel
}

function releasesOf(root) {
  const modules = ['lib/modules', 'usr/lib/modules'].map(name => join(root, name)).filter(folder => existsSync(folder))
  return modules.flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
}

/** Debian's kernels give the release they are compatible with as their name, and their own version beside it. */
const versionIn = uname => /Debian (\d[\d.]+)/.exec(uname)?.[1] ?? uname

async function runGuest({ architecture, node, kernel, binary, triplet, qemu, machine, console, flags = [] }, { app, temporary }) {
  placeBinary(app, binary)
  placeAnswers(app, `${triplet}-gcc`)
  const root = debianRoot(node, architecture, ['nodejs', 'busybox-static'])
  const [suite, ...packages] = kernel
  const linux = kernelOf(debianRoot(suite, architecture, packages))
  const commands = ['esm.mjs certificates', answerCommand].map(program => ['node', ...flags, program].join(' '))
  const image = makeImage({ root, app, commands, temporary })
  const options = ['-m', '1024', '-nographic', '-no-reboot', '-nic', 'none', '-kernel', linux, '-initrd', image]
  const report = await bootGuest(qemu[0], [...machine, ...options, '-append', `console=${console} quiet panic=-1`])
  return { ...joinOutcomes(outcomesOf(report, commands)), kernel: versionIn(report.get('kernel')) }
}

export const systems = machines.map(machine => ({
  name: machine.name,
  binary: machine.binary,
  isQuick: machine.isQuick ?? false,
  needs: () =>
    missing({ [machine.qemu[0]]: machine.qemu[1], cpio: 'cpio', readelf: 'binutils' }) ??
    needsDebian() ??
    needsBinary(machine.binary) ??
    needsAnswers(`${machine.triplet}-gcc`),
  run: folders => runGuest(machine, folders),
}))

/** HOW does an emulated machine run programs? Boots Debian's kernel with the app in a RAM disk, and reads what it reports. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { missing } from './commands.mjs'
import { debianRoot, needsDebian } from './debian.mjs'
import { bootGuest } from './guest.mjs'
import { makeImage } from './image.mjs'
import { joinOutcomes, outcomesOf } from './outcome.mjs'

export const needsMachine = ({ qemu: [command, debian] }) =>
  missing({ [command]: debian, cpio: 'cpio', readelf: 'binutils' }) ?? needsDebian()

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

/** The joined outcome of the commands, which run in the app's folder, and the kernel they ran on. */
export async function runOnMachine({ architecture, node, kernel, qemu, machine, console }, commands, { app, temporary }) {
  const root = debianRoot(node, architecture, ['nodejs', 'busybox-static'])
  const [suite, ...packages] = kernel
  const linux = kernelOf(debianRoot(suite, architecture, packages))
  const image = makeImage({ root, app, commands, temporary })
  const options = ['-m', '1024', '-nographic', '-no-reboot', '-nic', 'none', '-kernel', linux, '-initrd', image]
  const report = await bootGuest(qemu[0], [...machine, ...options, '-append', `console=${console} quiet panic=-1`])
  return { ...joinOutcomes(outcomesOf(report, commands)), kernel: versionIn(report.get('kernel')) }
}

/** WHICH binary is tested? One of prebuilds/, as the only one that the installed package has: nothing else can be loaded by mistake. */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

let prebuilds = fileURLToPath(new URL('../../../prebuilds/', import.meta.url))

/** From now on the binaries are taken from another folder: the one of an unpacked package. */
export function takeBinariesFrom(folder) {
  prebuilds = folder
}

export const isBuilt = name => existsSync(join(prebuilds, name))

/** Why a system's binary cannot be tested. */
export const needsBinary = name => (isBuilt(name) ? undefined : `no prebuilds/${name}: npm run prebuild:all makes it`)

/** Puts the binary into the package that is installed in `app`, in the place of those that are there. */
export function placeBinary(app, name) {
  const installed = join(app, 'node_modules', 'getsockopt', 'prebuilds')
  rmSync(installed, { recursive: true, force: true })
  mkdirSync(dirname(join(installed, name)), { recursive: true })
  cpSync(join(prebuilds, name), join(installed, name))
}

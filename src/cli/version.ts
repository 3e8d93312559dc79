/** Which version is this? The package's own word. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPackageRoot } from '../package-root.js'

const { version } = JSON.parse(readFileSync(join(findPackageRoot(), 'package.json'), 'utf8')) as { version: string }

export { version }

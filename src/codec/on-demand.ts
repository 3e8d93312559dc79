/** WHICH codecs are loaded when they are first asked for by name? Each import here is a file of its own in the built package (docs/package.md). */
import * as bsd from './of-bsd.js'
import * as common from './of-common.js'
import * as families from './of-families.js'
import * as windows from './of-windows.js'

export const loadBsd = (): typeof bsd => bsd
export const loadCommon = (): typeof common => common
export const loadFamilies = (): typeof families => families
export const loadWindows = (): typeof windows => windows

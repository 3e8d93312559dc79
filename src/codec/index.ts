/** The codecs by name, for `defineOption`: what the catalogue itself is made of, and what makes new ones. */
import { findIn, join } from '../joined.js'
import { loadBsd, loadCommon, loadFamilies, loadWindows } from './on-demand.js'

type Codecs = ReturnType<typeof loadCommon> & ReturnType<typeof loadFamilies> & ReturnType<typeof loadBsd> & ReturnType<typeof loadWindows>

const parts = [loadCommon, loadFamilies, loadBsd, loadWindows]

/** Each is loaded when it is first asked for. */
export const codecs: Codecs = join<Codecs>(name => findIn(parts, name), parts)

/** HOW does a script read modules of src? Bundled in memory: it sees what the sources say, whatever dist holds. */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/**
 * What these modules export, all together.
 * @param {...string} modules paths below src: `options/index`
 */
export async function readSources(...modules) {
  const contents = modules.map(module => `export * from './src/${module}.ts'`).join('\n')
  const stdin = { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) }
  const { outputFiles } = await build({ stdin, bundle: true, write: false, platform: 'node', format: 'esm', logLevel: 'warning' })
  return await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

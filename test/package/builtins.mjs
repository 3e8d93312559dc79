// Which of Node's builtin modules does the import of dist load? Prints their names as JSON.
const before = new Set(process.moduleLoadList)
await import(new URL('../../dist/index.js', import.meta.url).href)
console.log(JSON.stringify(process.moduleLoadList.filter(each => !before.has(each) && /^NativeModule [a-z0-9_/]+$/.test(each))))

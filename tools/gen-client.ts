import { readFileSync, writeFileSync } from 'node:fs'
import { clientSourceOf, type OpenApi } from './client-source.ts'

/** `node tools/gen-client.ts`: writes the routes of packages/client from docs/openapi.json. */
const document = JSON.parse(readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8')) as OpenApi
const file = new URL('../packages/client/src/operations.ts', import.meta.url)
writeFileSync(file, clientSourceOf(document))
console.log(`packages/client/src/operations.ts: ${Object.keys(document.paths).length} paths`)

import { z } from 'zod'
import { methodOf, pathOf } from '#platform/http/define-routes.ts'
import type { NamedRoute } from '#platform/http/openapi.ts'

/** The readable page of the API: every route with permission, fields and errors; no script, so no exception to the CSP. */
export function renderApiPage(routes: readonly NamedRoute[], version: string): string {
  const modules = Map.groupBy(routes, (named) => named.module)
  const nav = [...modules.keys()].map((name) => `<a href="#${name}">${name}</a>`).join(' · ')
  const body = [...modules]
    .map(([name, ones]) => `<h2 id="${name}">${name}</h2>${ones.map(section).join('')}`)
    .join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Headwater API ${version}</title><style>${style}</style></head><body><main>
<h1>Headwater API ${version}</h1><p>Send <code>Authorization: Bearer &lt;apiKey&gt;</code>. Errors are RFC 9457 problems with a stable
<code>code</code>. Lists page by <code>cursor</code>; <code>next</code> is null on the last page. The machine-readable form is
<a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p><p>${nav}</p>${body}</main></body></html>`
}

function section({ module, name, route }: NamedRoute): string {
  const fails = route.fails?.length
    ? `<p>Errors: ${route.fails.map((code) => `<code>${code}</code>`).join(' ')}</p>`
    : ''
  return `<details id="${module}.${name}"><summary><b>${methodOf(route).toUpperCase()}</b> <code>${escapeHtml(pathOf(route))}</code>
<span>${escapeHtml(route.summary)}</span></summary><p>Permission: <code>${route.access}</code></p>
${shape('Query', route.query)}${shape('Body', route.body)}${shape('Answer', route.returns)}${fails}</details>`
}

function shape(title: string, schema: z.ZodType | undefined): string {
  if (!schema || schema instanceof z.ZodVoid) return ''
  const { $schema: _drop, ...json } = z.toJSONSchema(schema, {
    io: title === 'Answer' ? 'output' : 'input',
    unrepresentable: 'any',
  })
  return `<p>${title}</p><pre>${escapeHtml(JSON.stringify(json, null, 2))}</pre>`
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)

const style = `:root{color-scheme:light dark}body{font:15px/1.6 system-ui,sans-serif;margin:0}main{max-width:960px;margin:0 auto;padding:24px}
details{border-top:1px solid #8884;padding:8px 0}summary{cursor:pointer}summary span{opacity:.75;margin-left:8px}pre{overflow:auto;max-height:360px;
background:#8881;padding:12px;border-radius:6px;font-size:12px}h2{margin-top:32px}a{color:#0b6bcb}`

import type { Liquid } from 'liquidjs'
import type { Fault, Need } from '#modules/content/contract/template.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'
import { annotateHtml } from './annotate-html.ts'
import { annotateJson, annotateText, annotateUrl, type LinkTable } from './annotate-text.ts'
import { cutChunks } from './chunks.ts'
import { compileMjml } from './compile-mjml.ts'
import type { Found } from './found.ts'
import { htmlToText } from './html-text.ts'
import { needsOf, roots } from './needs.ts'
import { type Part, partsOf } from './parts.ts'
import { cutPieces } from './pieces.ts'
import { protectLiquid } from './protect-liquid.ts'
import { sayFault } from './say-fault.ts'

/** A text as the renderer takes it: long stretches without Liquid stand aside, by number. */
export type CompiledPart = { path: string; source: string; chunks: string[] }
export type CompiledBody = { parts: CompiledPart[]; needs: Need[]; faults: Fault[]; links: string[] }
type Asked = { channel: ChannelKind; body: Record<string, unknown>; links: string[]; purpose: string }

const mostHtml = 500_000

/** Makes a body ready for many people. Never throws for what an author wrote: that is what faults are. */
export async function compileBody(engine: Liquid, asked: Asked): Promise<CompiledBody> {
  const links: LinkTable = { urls: [...asked.links] }
  const faults: Fault[] = []
  const reportIn = (part: string) => (found: Found) => {
    if (faults.length < 50) faults.push(sayFault(part, found))
  }
  const mail = asked.channel === 'email' ? await mailParts(engine, asked.body, reportIn) : undefined
  const parts = mail ?? partsOf(asked.channel, asked.body)
  const originals = sourcesOf(asked)
  const compiled: CompiledPart[] = []
  for (const part of parts) {
    const report = reportIn(part.path === 'html' && asked.body.mjml ? 'mjml' : part.path)
    const source = annotate(engine, part, links, report)
    if (source === undefined) continue
    if (source.length > mostHtml) report({ code: 'too_large', line: null, said: String(source.length) })
    compiled.push({ path: part.path, ...cutChunks(engine, source) })
  }
  const readable = originals.filter(({ path, source }) => isReadable(engine, source, reportIn(path)))
  const needs = needsOf(
    engine,
    readable.map(({ source }) => source),
  )
  for (const { path } of needs)
    if (!roots.includes(path.split('.')[0] ?? ''))
      reportIn('values')({ code: 'unknown_value', line: null, said: path })
  checkWhole(asked, originals, reportIn)
  return { parts: compiled, needs, faults: unique(faults), links: links.urls }
}

/** Texts as the author wrote them. */
function sourcesOf({ channel, body }: Asked): Pick<Part, 'path' | 'source'>[] {
  const text = partsOf(channel, body)
  for (const path of ['mjml', 'html'] as const)
    if (typeof body[path] === 'string' && (path === 'mjml' || !body.mjml))
      text.push({ path, source: body[path], place: 'html', track: true })
  return text
}

async function mailParts(
  engine: Liquid,
  body: Record<string, unknown>,
  reportIn: (part: string) => (found: Found) => void,
) {
  const parts = partsOf('email', body)
    .filter(({ path, source }) => path === 'subject' || (path === 'text' && source.trim() !== ''))
    .map((part): Part => ({ ...part, track: part.path === 'text' }))
  const given = typeof body.mjml === 'string' ? body.mjml : undefined
  const html =
    given === undefined
      ? String(body.html ?? '')
      : await readably(engine, given, reportIn('mjml'), (pieces) => compileMjml(pieces, reportIn('mjml')))
  const whole = withPreheader(html ?? '', String(body.preheader ?? ''))
  if (whole !== '') parts.push({ path: 'html', place: 'html', source: whole, track: true })
  if (!parts.some(({ path }) => path === 'text') && whole !== '') {
    const text = await readably(
      engine,
      whole,
      () => undefined,
      async (pieces) => {
        const { text, restore } = protectLiquid(pieces)
        return restore(htmlToText(text))
      },
    )
    parts.push({ path: 'text', place: 'text', source: text ?? '', track: true })
  }
  return parts
}

/** Hidden, with what keeps mail programs from going on with the text below. */
function withPreheader(html: string, preheader: string): string {
  if (preheader.trim() === '' || html === '') return html
  const hidden = `<div style="display:none;max-height:0;overflow:hidden;opacity:0">${preheader}${'&#847;&zwnj;&nbsp;'.repeat(40)}</div>`
  return /<body[^>]*>/i.test(html) ? html.replace(/<body[^>]*>/i, (body) => body + hidden) : hidden + html
}

function annotate(
  engine: Liquid,
  part: Part,
  links: LinkTable,
  report: (found: Found) => void,
): string | undefined {
  if (!isReadable(engine, part.source, report)) return undefined
  const pieces = cutPieces(engine, part.source)
  const tracked = part.track ? links : undefined
  if (part.place === 'html') return annotateHtml(pieces, links, report)
  if (part.place === 'url') return annotateUrl(pieces, tracked)
  if (part.place === 'json') return annotateJson(pieces)
  return annotateText(pieces, part.place === 'line' ? 'hw_line' : 'hw_text', tracked)
}

async function readably<T>(
  engine: Liquid,
  source: string,
  report: (found: Found) => void,
  work: (pieces: ReturnType<typeof cutPieces>) => Promise<T>,
): Promise<T | undefined> {
  if (!isReadable(engine, source, report)) return undefined
  return work(cutPieces(engine, source))
}

/** Whether LiquidJS understands it; what it says otherwise has a line. */
function isReadable(engine: Liquid, source: string, report: (found: Found) => void): boolean {
  try {
    engine.parse(source)
    return true
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const line = Number(/line:(\d+)/.exec(said)?.[1])
    report({
      code: 'liquid',
      line: Number.isFinite(line) ? line : null,
      said: said.split(/, line:|\n/)[0] ?? said,
    })
    return false
  }
}

function checkWhole(
  { channel, body, purpose }: Asked,
  sources: readonly Pick<Part, 'path' | 'source'>[],
  reportIn: (part: string) => (found: Found) => void,
): void {
  const all = sources.map(({ source }) => source).join('\n')
  const isEmpty = (path: string) => String(body[path] ?? '').trim() === ''
  if (channel === 'email') {
    if (isEmpty('subject')) reportIn('subject')({ code: 'subject_empty', line: null, said: '' })
    if (isEmpty('mjml') && isEmpty('html') && isEmpty('text'))
      reportIn('html')({ code: 'body_empty', line: null, said: '' })
    else if (purpose === 'marketing' && !/links\.(unsubscribe|preferences)\b/.test(all))
      reportIn('html')({ code: 'no_unsubscribe', line: null, said: '' })
  } else if (all.trim() === '') reportIn('text')({ code: 'body_empty', line: null, said: '' })
}

function unique(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>()
  return faults.filter((fault) => {
    const key = `${fault.code} ${fault.part} ${fault.line} ${fault.message}`
    return !seen.has(key) && seen.add(key)
  })
}

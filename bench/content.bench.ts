import type { Row, Scenario } from '#bench/scenario.ts'
import { startingTemplates } from '#modules/content/design/starting-templates.ts'
import { openCompiler } from '#modules/content/server/compile/open-compiler.ts'
import { openLinkTokens } from '#modules/content/server/render/link-tokens.ts'
import { openRenderer } from '#modules/content/server/render/open-renderer.ts'
import { type RenderInput, renderMany } from '#modules/content/server/render/render-many.ts'
import type { TemplateVersion } from '#modules/content/server/render/version.ts'

/** A MJML mail is compiled once and rendered for many people by one thread, links rewritten, put together in ours. */
export const content: Scenario = {
  name: 'content',
  what: 'a MJML mail rendered for many people by one thread, tracked links and plain text included',
  run: async ({ quick }) => {
    const compiler = openCompiler()
    const renderer = openRenderer(1)
    const tokens = openLinkTokens(Buffer.alloc(32, 1))
    const rows: Row[] = []
    try {
      for (const bytes of [4_000, 40_000]) {
        const mjml = mailOf(bytes)
        await compiler.compile(
          'email',
          { subject: 'warm', mjml: '<mjml><mj-body></mj-body></mjml>' },
          { purpose: 'marketing' },
        )
        const began = performance.now()
        const body = { subject: 'Hi {{ person.first_name | default: "there" }}', mjml }
        const made = await compiler.compile('email', body, { purpose: 'marketing' })
        const compiled = performance.now() - began
        const version: TemplateVersion = {
          ...{
            templateId: 't',
            name: 'n',
            channel: 'email',
            purpose: 'marketing',
            number: 1,
            num: bytes,
            workspace: 1,
          },
          ...{
            languages: ['en'],
            bodies: { en: body },
            compiled: { en: made.parts },
            needs: made.needs,
            links: made.links,
          },
          ...{ onMissing: 'send', sms: { signature: '', unsubscribe: '' } },
        }
        const people = peopleOf(quick ? 500 : 20_000)
        const options = {
          workspace: { name: 'W', timezone: 'Asia/Shanghai' },
          linkBase: 'https://hw.example',
        }
        await renderMany({ renderer, tokens }, version, people.slice(0, 500), options)
        const from = performance.now()
        const cpu = process.cpuUsage()
        let characters = 0
        for (let at = 0; at < people.length; at += 1000)
          for (const one of await renderMany(
            { renderer, tokens },
            version,
            people.slice(at, at + 1000),
            options,
          )) {
            if ('error' in one) throw new Error(one.error)
            // A sender reads every byte.
            characters += Buffer.byteLength(String(one.body.html)) + Buffer.byteLength(String(one.body.text))
          }
        const seconds = (performance.now() - from) / 1000
        const { user, system } = process.cpuUsage(cpu)
        rows.push({
          size: `${Math.round(mjml.length / 1000)} kB of MJML`,
          figures: {
            'compiled, ms': compiled,
            'mails a second': people.length / seconds,
            'mails a second of one core, by processor time of all threads':
              people.length / ((user + system) / 1e6),
            'kB of each': characters / people.length / 1000,
          },
        })
      }
    } finally {
      await compiler.close()
      await renderer.close()
    }
    return rows
  },
}

/** A newsletter, its rows again and again. */
function mailOf(bytes: number): string {
  const { mjml } = startingTemplates.find(
    ({ key }) => key === 'newsletter_en',
  ) as (typeof startingTemplates)[number]
  const expanded = mjml.replace('<hw-brand />', '')
  const [before = '', inside = '', after = ''] = expanded.split(/(?<=<mj-body[^>]*>)|(?=<\/mj-body>)/)
  return before + inside.repeat(Math.max(1, Math.round(bytes / inside.length))) + after
}

const peopleOf = (count: number): RenderInput[] =>
  Array.from({ length: count }, (_, at) => ({
    message: `msg_${at.toString(36).padStart(16, '0')}`,
    person: { id: `per_${at}`, name: `Person ${at}`, first_name: `N${at}`, language: 'en', city: 'Hangzhou' },
    links: { unsubscribe: `https://hw.example/u/${at}`, preferences: `https://hw.example/p/${at}` },
  }))

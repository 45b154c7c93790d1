import { type DemoClient, loggedIn } from '#app/demo-client.ts'
import { type StartingKind, startingTemplates } from '#modules/content/index.ts'
import { demoOwner } from '#modules/demo/index.ts'

const names: Record<StartingKind, string> = {
  welcome: '新学员欢迎信',
  reminder: '开课提醒',
  cart: '未付款提醒',
  newsletter: '每周学习通讯',
  win_back: '老学员召回',
}
const texts = {
  'zh-CN':
    '{{ person.first_name | default: "同学" }}，你预约的课将在 {{ event.properties.starts_at | date: "datetime" | default: "今天" }} 开始，请提前 5 分钟进入教室。',
  en: 'Hi {{ person.first_name | default: "there" }}, your lesson starts {{ event.properties.starts_at | date: "datetime" | default: "today" }}. Please come 5 minutes early.',
}

/** Templates of the company: five mails and a text message, in both languages, published. */
export async function furnishTemplates(url: string): Promise<void> {
  const owner = await loggedIn(url, demoOwner.email, demoOwner.password)
  await owner('PUT', '/api/content-settings/sms', { signature: '青禾在线', unsubscribe: '拒收请回复R' })
  for (const [kind, name] of Object.entries(names) as [StartingKind, string][]) {
    const said = (language: string) => {
      const { subject, preheader, mjml } = startingTemplates.find(
        (one) => one.kind === kind && one.language === language,
      ) as (typeof startingTemplates)[number]
      return { subject, preheader, mjml }
    }
    const purpose = kind === 'reminder' ? 'transactional' : 'marketing'
    await publishBoth(owner, { channel: 'email', name, folder: '生命周期', purpose }, said)
  }
  const sms = { channel: 'sms', name: '上课短信提醒', folder: '课程', purpose: 'transactional' }
  await publishBoth(owner, sms, (language) => ({ text: texts[language as keyof typeof texts] }))
  await owner('DELETE', '/api/session')
}

/** What an interrupted seeding has already published stays as it is. */
async function publishBoth(
  owner: DemoClient,
  facts: { channel: string; name: string; folder: string; purpose: string },
  said: (language: string) => object,
): Promise<void> {
  const search = encodeURIComponent(facts.name)
  const { items } = await owner<{ items: Made[] }>('GET', `/api/templates?search=${search}`)
  const known = items.find(({ name }) => name === facts.name)
  if (known?.published) return
  const language = 'zh-CN'
  const { id } =
    known ??
    (await owner<Made>('POST', '/api/templates', { ...facts, language, draft: true, ...said(language) }))
  await owner('PUT', `/api/templates/${id}/draft/en`, { body: said('en') })
  await owner('POST', `/api/templates/${id}/publish`, {})
}
type Made = { id: string; name: string; published: number | null }

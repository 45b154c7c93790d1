import { sayAmount, sayBand, sayBucket, sayCondition } from '#modules/alerts/alert-text.ts'
import type { AlertRow } from '#modules/alerts/server/alert-store.ts'
import type { Change } from '#modules/alerts/server/tell/change-of.ts'
import { escapeHtml } from '#platform/escape-html.ts'

type Letter = { subject: string; text: string; html: string }
type Given = {
  change: Change
  alert: Pick<AlertRow, 'condition' | 'line' | 'state'>
  workspace: string
  zone: string
  baseUrl: string
  language: 'en' | 'zh'
}

const words = {
  en: {
    fired: 'Alert: {name}',
    reminded: 'Still going on: {name}',
    recovered: 'Back to normal: {name}',
    value: 'Value',
    fine: 'Fine would be',
    isFine: 'Fine is',
    when: 'When',
    number: 'Number',
    rule: 'Fires when',
    workspace: 'Workspace',
    analysis: 'Open the analysis',
    alert: 'Open the alert, mute or change it',
  },
  zh: {
    fired: '预警：{name}',
    reminded: '仍在预警：{name}',
    recovered: '已恢复正常：{name}',
    value: '数值',
    fine: '正常范围',
    isFine: '正常范围',
    when: '时间',
    number: '指标',
    rule: '触发条件',
    workspace: '工作区',
    analysis: '打开分析',
    alert: '打开预警，静音或修改',
  },
} as const

/** The message to one member, in their language; as text and as HTML. */
export function writeLetter({ change, alert, workspace, zone, baseUrl, language }: Given): Letter {
  const t = words[language]
  const { unit, interval } = change
  const subject = t[change.tell].replace('{name}', () => change.alert.name)
  const lines: [string, string][] = [
    [t.value, sayAmount(change.value, unit)],
    [change.tell === 'recovered' ? t.isFine : t.fine, sayBand(change.expected, unit, language)],
    [t.when, `${sayBucket(change.bucket)} (${zone})`],
    ...(alert.line ? [[t.number, alert.line] as [string, string]] : []),
    [t.rule, sayCondition(alert.condition, { interval, unit }, language)],
    [t.workspace, workspace],
  ]
  const links: [string, string][] = [
    [t.analysis, `${baseUrl}/analytics${searchOf(alert.state)}`],
    [t.alert, `${baseUrl}${change.href}`],
  ]
  const colon = language === 'zh' ? '：' : ': '
  const text = [
    subject,
    '',
    ...lines.map((line) => line.join(colon)),
    '',
    ...links.map((line) => line.join(colon)),
    '',
  ]
  return { subject, text: text.join('\n'), html: htmlOf(subject, lines, links) }
}

/** As the pages write and read their addresses: text as it is, unless it would be read as something else, the rest as JSON. */
export function searchOf(state: Record<string, unknown>): string {
  const parts = Object.entries(state)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const text = typeof value === 'string' && !readsAsJson(value) ? value : JSON.stringify(value)
      return `${encodeURIComponent(key)}=${encodeURIComponent(text)}`
    })
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

function readsAsJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

function htmlOf(title: string, lines: [string, string][], links: [string, string][]): string {
  const font = "font:14px/1.6 system-ui,-apple-system,'PingFang SC','Microsoft YaHei',sans-serif"
  const rows = lines.map(
    ([name, value]) =>
      `<tr><td style="padding:2px 16px 2px 0;color:#5B6B7A;vertical-align:top">${escapeHtml(name)}</td>` +
      `<td style="padding:2px 0">${escapeHtml(value)}</td></tr>`,
  )
  const anchors = links.map(
    ([name, href]) =>
      `<p style="margin:8px 0"><a href="${escapeHtml(href)}" style="color:#0B6BCB">${escapeHtml(name)}</a></p>`,
  )
  return (
    `<!doctype html><html><body style="margin:0;padding:24px;color:#14202B;${font}">` +
    `<h1 style="font-size:18px;margin:0 0 16px">${escapeHtml(title)}</h1>` +
    `<table style="border-collapse:collapse;${font}">${rows.join('')}</table>${anchors.join('')}</body></html>`
  )
}

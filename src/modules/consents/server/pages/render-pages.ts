import type { ChannelReach } from '#modules/consents/contract/shapes.ts'
import { type PageLanguage, pageWords } from '#modules/consents/server/pages/page-words.ts'
import type { TopicRow } from '#modules/consents/server/topics/topic-store.ts'
import { escapeHtml } from '#platform/escape-html.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

/** What somebody may choose, as it is now. */
export type Choices = {
  topics: readonly TopicRow[]
  channels: readonly ChannelReach[]
  /** One of the offered caps, or as usual. */
  often: 'normal' | 'weekly' | 'monthly'
}

export const caps = {
  normal: null,
  weekly: { messages: 1, days: 7 },
  monthly: { messages: 1, days: 30 },
} as const

export const topicName = (row: TopicRow, language: PageLanguage): string =>
  language === 'zh' ? row.name_zh : row.name_en

/** A switch as a form names it. */
export const switchName = (channel: ChannelKind, topic: string): string => `${channel}:${topic}`

/** The page of choices: one form, whose switches also say how they stood, so that only what was moved is changed. */
export function renderChoices(
  {
    language,
    sender,
    masked,
    done,
  }: { language: PageLanguage; sender: string; masked: string | null; done: string | null },
  choices: Choices,
): string {
  const t = pageWords[language]
  const marketing = choices.topics.filter((row) => row.class === 'marketing')
  const service = choices.topics.filter((row) => row.class === 'transactional')
  const address = masked === null ? '' : `<p class="muted">${escapeHtml(t.sentTo(masked))}</p>`
  return `${said(done)}
<p>${escapeHtml(t.intro(sender))}</p>
${address}
<form method="post">
<input type="hidden" name="lang" value="${language}">
<fieldset><legend>${t.topics}</legend>
${marketing.map((row) => topicHtml(row, language, choices.channels)).join('\n') || `<p>${t.noTopics}</p>`}
${service.map((row) => serviceHtml(row, language)).join('\n')}
</fieldset>
<fieldset><legend>${t.often}</legend>
${(['normal', 'weekly', 'monthly'] as const)
  .map(
    (one) =>
      `<label class="row"><input type="radio" name="often" value="${one}"${one === choices.often ? ' checked' : ''}> ${t[one]}</label>`,
  )
  .join('\n')}
<input type="hidden" name="oftenWas" value="${choices.often}">
</fieldset>
<div class="actions"><button type="submit" name="action" value="save">${t.save}</button></div>
<div class="all"><p class="hint" id="all-hint">${t.allHint}</p>
<button type="submit" class="plain" name="action" value="all" aria-describedby="all-hint">${t.all}</button></div>
</form>`
}

const said = (done: string | null): string =>
  done === null ? '' : `<p class="done" role="status">${escapeHtml(done)}</p>`

function topicHtml(row: TopicRow, language: PageLanguage, channels: readonly ChannelReach[]): string {
  const t = pageWords[language]
  const name = topicName(row, language)
  const about = language === 'zh' ? row.description_zh : row.description_en
  const id = `topic-${row.key}`
  const ways = channels.map(({ channel, topics }) => {
    const isOn = topics.find((one) => one.topic === row.key)?.reachable === true
    const value = switchName(channel, row.key)
    const was = `<input type="hidden" name="shown" value="${value}">${isOn ? `<input type="hidden" name="was" value="${value}">` : ''}`
    return `<label><input type="checkbox" name="on" value="${value}"${isOn ? ' checked' : ''} aria-describedby="${id}"> ${t.channels[channel]}</label>${was}`
  })
  return `<div class="topic" role="group" aria-labelledby="${id}-name"><h2 id="${id}-name">${escapeHtml(name)}</h2>
<p class="hint" id="${id}">${escapeHtml(about)}</p>
<div class="ways">${ways.join('')}</div></div>`
}

function serviceHtml(row: TopicRow, language: PageLanguage): string {
  const about = language === 'zh' ? row.description_zh : row.description_en
  return `<div class="topic"><h2>${escapeHtml(topicName(row, language))}</h2>
<p class="hint">${escapeHtml(about)} ${pageWords[language].always}</p></div>`
}

/** One question with one button: what a link asks that must not act by being opened. */
export function renderQuestion(ask: {
  language: PageLanguage
  question: string
  button: string
  hint?: string
  masked: string | null
  more?: { href: string; text: string }
}): string {
  const t = pageWords[ask.language]
  return `<p>${escapeHtml(ask.question)}</p>
${ask.masked === null ? '' : `<p class="muted">${escapeHtml(t.sentTo(ask.masked))}</p>`}
<form method="post"><input type="hidden" name="lang" value="${ask.language}"><div class="actions"><button type="submit">${escapeHtml(ask.button)}</button></div></form>
${ask.hint === undefined ? '' : `<p class="hint" style="margin-top:16px">${escapeHtml(ask.hint)}</p>`}
${moreHtml(ask.more)}`
}

export function renderDone(done: string, more?: { href: string; text: string }): string {
  return `${said(done)}${moreHtml(more)}`
}

const moreHtml = (more: { href: string; text: string } | undefined): string =>
  more === undefined
    ? ''
    : `<p style="margin-top:16px"><a href="${escapeHtml(more.href)}">${escapeHtml(more.text)}</a></p>`

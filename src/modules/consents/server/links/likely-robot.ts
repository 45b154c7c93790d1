import { isbot } from 'isbot'

/** Why a request looks as if no human made it. */
export type RobotReason = 'no_user_agent' | 'bot_user_agent' | 'scanner' | 'prefetch' | 'head' | 'no_language'
export type RobotVerdict = { isRobot: boolean; reasons: RobotReason[] }

type Asked = { method: string; headers: Record<string, string | string[] | undefined> }

// Gateways that open every link of a mail before its receiver does, by what they say of themselves. Names of products, as
// their vendors document them; isbot knows crawlers, not these.
const scanners =
  /barracuda|mimecast|proofpoint|safelinks|safe links|messagelabs|symantec|trendmicro|trend micro|forcepoint|sophos|fireeye|trellix|cisco ?(email|ironport|secure)|ironport|zscaler|bluecoat|urldefense|mailscanner|cloudmark|checkpoint|avanan|vade|hornetsecurity|microsoft office|ms-office|outlook-(ios|android).*prefetch|googleimageproxy|yahoomailproxy|bytespider|wechat.*preview/i

const text = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(',') : (value ?? '')

/**
 * Whether a link in a message was rather opened by a machine: a scanner, a preview, a prefetch. For counting opens and
 * clicks; what a request asks for is never refused for it. One reason is enough, but a missing language alone is not:
 * some browsers in apps send none.
 */
export function isLikelyRobot({ method, headers }: Asked): RobotVerdict {
  const agent = text(headers['user-agent'])
  const purpose = `${text(headers['sec-purpose'])} ${text(headers.purpose)} ${text(headers['x-purpose'])} ${text(headers['x-moz'])}`
  const reasons: RobotReason[] = []
  if (agent.trim() === '') reasons.push('no_user_agent')
  else if (scanners.test(agent)) reasons.push('scanner')
  else if (isbot(agent)) reasons.push('bot_user_agent')
  if (/prefetch|preview|prerender/i.test(purpose)) reasons.push('prefetch')
  if (method === 'HEAD') reasons.push('head')
  if (text(headers['accept-language']) === '') reasons.push('no_language')
  return { isRobot: reasons.some((reason) => reason !== 'no_language'), reasons }
}

import type { PageLook } from '#modules/consents/contract/shapes.ts'
import { type PageLanguage, pageWords } from '#modules/consents/server/pages/page-words.ts'
import { escapeHtml } from '#platform/escape-html.ts'

export type Framed = {
  language: PageLanguage
  title: string
  /** HTML; whatever others wrote is escaped in it. */
  body: string
  sender: string
  look: Pick<PageLook, 'colour' | 'privacyUrl'>
  /** Address of the same page in the other language. */
  other: string
}

/** White or ink, whichever is read better on a colour (WCAG relative luminance). */
export function inkOn(colour: string): '#ffffff' | '#14202b' {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.0628 ? '#ffffff' : '#14202b'
}

const ours = '#0b6bcb'

/** The page around what is said: no script, no file of others, nothing that tells a third party who reads it. */
export function frame({ language, title, body, sender, look, other }: Framed): string {
  const t = pageWords[language]
  const accent = look.colour ?? ours
  const privacy =
    look.privacyUrl === null
      ? ''
      : `<a href="${escapeHtml(look.privacyUrl)}" rel="noreferrer">${t.privacy}</a>`
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(`${title} · ${sender}`)}</title>
<style>:root{--accent:${accent};--on-accent:${inkOn(accent)};${styles}</style>
</head>
<body>
<header><strong>${escapeHtml(sender)}</strong><a href="${escapeHtml(other)}" hreflang="${t.otherLanguage}" lang="${t.otherLanguage}">${t.language}</a></header>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
<footer>${privacy}</footer>
</body>
</html>
`
}

const styles = `--ink:#14202b;--muted:#5b6b7a;--line:#e3e8ed;--canvas:#f6f8fa;--surface:#fff;--good:#12683c;--good-bg:#e7f5ed}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--muted:#9aa9b8;--line:#2d3945;--canvas:#0e141b;--surface:#151d26;--good:#7fd8a4;--good-bg:#12291d}}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--ink);font:16px/1.6 Inter,system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;-webkit-text-size-adjust:100%}
header,main,footer{max-width:640px;margin:0 auto;padding:0 16px}
header{display:flex;justify-content:space-between;align-items:center;gap:16px;padding-top:20px;padding-bottom:12px}
header strong{overflow-wrap:anywhere}
main{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:24px}
h1{font-size:22px;line-height:1.35;margin:0 0 8px}
h2,legend{font-size:16px;font-weight:600;margin:0;padding:0}
p{margin:0 0 12px}
.muted,.hint{color:var(--muted);font-size:14px}
a{color:inherit;text-underline-offset:3px}
fieldset{border:0;margin:24px 0 0;padding:0;min-width:0}
.topic{border-top:1px solid var(--line);padding:14px 0}
.topic p{margin:2px 0 8px}
.ways{display:flex;flex-wrap:wrap;gap:4px 20px}
label{display:inline-flex;align-items:center;gap:8px;min-height:40px;cursor:pointer}
label.row{display:flex}
input[type=checkbox],input[type=radio]{width:20px;height:20px;margin:0;accent-color:var(--accent);flex:none}
button{font:inherit;font-weight:600;min-height:44px;padding:8px 20px;border-radius:6px;border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);cursor:pointer}
button.plain{background:transparent;color:var(--ink);border-color:var(--line)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.actions{margin-top:20px}
.all{border-top:1px solid var(--line);margin-top:24px;padding-top:20px}
.done{background:var(--good-bg);color:var(--good);border-radius:6px;padding:10px 14px;margin:0 0 16px}
footer{padding-top:16px;padding-bottom:32px;color:var(--muted);font-size:14px}
@media (max-width:680px){main{border-left:0;border-right:0;border-radius:0;padding:20px 16px}button{width:100%}}
@media (prefers-reduced-motion:no-preference){button{transition:opacity .12s}button:hover{opacity:.92}}`

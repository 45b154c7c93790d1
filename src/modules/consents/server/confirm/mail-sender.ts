import { escapeHtml } from '#platform/escape-html.ts'
import type { Mailer } from '#platform/mail/open-mailer.ts'
import type { ConfirmationSender } from '#slots/confirmation-sender.ts'

const words = {
  zh: {
    subject: (topic: string, sender: string) => `请确认订阅「${topic}」— ${sender}`,
    text: (topic: string, sender: string) =>
      `您好：\n\n有人用这个邮箱地址订阅了「${sender}」的「${topic}」。如果是您本人，请打开下面的链接并点击“确认订阅”：`,
    ignore: '如果不是您本人，请忽略本邮件，我们不会再给您发送任何消息。',
    button: '确认订阅',
  },
  en: {
    subject: (topic: string, sender: string) => `Please confirm: ${topic} (${sender})`,
    text: (topic: string, sender: string) =>
      `Hello,\n\nsomebody subscribed this address to “${topic}” by ${sender}. If it was you, open this link and press “Confirm”:`,
    ignore: 'If it was not you, ignore this message: nothing more will be sent to you.',
    button: 'Confirm',
  },
}

/** Letters by the operator's own mail server, as long as no channel of the workspace sends them. */
export function mailSender(mailer: Mailer): ConfirmationSender {
  return {
    name: 'mail',
    takes: async (_ctx, channel) => channel === 'email' && mailer.isConfigured,
    send: async (_ctx, { address, url, language, topic, sender }) => {
      const t = words[language]
      const [text, ignore] = [t.text(topic, sender), t.ignore]
      const html = text
        .split('\n\n')
        .map((part) => `<p>${escapeHtml(part)}</p>`)
        .join('')
      await mailer.sendMail({
        to: [address],
        subject: t.subject(topic, sender),
        text: `${text}\n\n${url}\n\n${ignore}\n`,
        html: `<!doctype html><html lang="${language}"><body style="font:15px/1.6 sans-serif;color:#14202B;max-width:560px;margin:0 auto;padding:24px">${html}<p><a href="${escapeHtml(url)}" style="display:inline-block;padding:10px 20px;border-radius:6px;background:#0B6BCB;color:#fff;text-decoration:none">${t.button}</a></p><p style="color:#5B6B7A;font-size:13px">${escapeHtml(ignore)}</p></body></html>`,
      })
    },
  }
}

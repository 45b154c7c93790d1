import { defineWords } from '#ui/i18n.ts'

/** Ways by which people are spoken to; `ChannelKind` in src/slots. */
export const channelWords = defineWords('channels', {
  zh: {
    email: '邮件',
    sms: '短信',
    push: 'App 推送',
    web_push: '浏览器推送',
    wechat: '微信',
    onsite: '站内',
    webhook: 'Webhook',
  },
  en: {
    email: 'Email',
    sms: 'SMS',
    push: 'App push',
    web_push: 'Web push',
    wechat: 'WeChat',
    onsite: 'On-site',
    webhook: 'Webhook',
  },
})

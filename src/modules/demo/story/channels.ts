import { type Calendar, dayOf } from './calendar.ts'

/** Where people come from. The four rates are those of one step given the step before. */
export type Channel = {
  key: string
  name: string
  share: number
  /** CNY the company pays for one new visitor (several paid clicks each). */
  costPerVisit: number
  lead: number
  trial: number
  attend: number
  pay: number
  source: string
  medium: string
  /** Name of the click id that the ad platform puts into the landing address. */
  clickParam?: string
  referrer: string
  landing: string
  /** Share of first visits from a computer. */
  desktop: number
}

export const channels: readonly Channel[] = [
  {
    key: 'douyin',
    name: '巨量引擎（抖音）',
    share: 0.26,
    costPerVisit: 96,
    lead: 0.4,
    trial: 0.5,
    attend: 0.52,
    pay: 0.4,
    source: 'douyin',
    medium: 'cpc',
    clickParam: 'clickid',
    referrer: '',
    landing: '/lp/douyin-9yuan',
    desktop: 0.02,
  },
  {
    key: 'baidu',
    name: '百度搜索',
    share: 0.17,
    costPerVisit: 128,
    lead: 0.38,
    trial: 0.6,
    attend: 0.66,
    pay: 0.52,
    source: 'baidu',
    medium: 'cpc',
    clickParam: 'bd_vid',
    referrer: 'https://www.baidu.com/',
    landing: '/lp/search',
    desktop: 0.55,
  },
  {
    key: 'tencent',
    name: '腾讯广告',
    share: 0.13,
    costPerVisit: 88,
    lead: 0.36,
    trial: 0.52,
    attend: 0.55,
    pay: 0.42,
    source: 'tencent',
    medium: 'cpc',
    clickParam: 'gdt_vid',
    referrer: '',
    landing: '/lp/moments',
    desktop: 0.03,
  },
  {
    key: 'wechat',
    name: '微信公众号',
    share: 0.11,
    costPerVisit: 14,
    lead: 0.4,
    trial: 0.66,
    attend: 0.7,
    pay: 0.55,
    source: 'wechat',
    medium: 'social',
    referrer: 'https://mp.weixin.qq.com/',
    landing: '/lp/article',
    desktop: 0.04,
  },
  {
    key: 'xiaohongshu',
    name: '小红书 KOL',
    share: 0.09,
    costPerVisit: 62,
    lead: 0.34,
    trial: 0.56,
    attend: 0.6,
    pay: 0.5,
    source: 'xiaohongshu',
    medium: 'kol',
    referrer: 'https://www.xiaohongshu.com/',
    landing: '/lp/kol',
    desktop: 0.05,
  },
  {
    key: 'seo',
    name: '自然搜索',
    share: 0.1,
    costPerVisit: 6,
    lead: 0.26,
    trial: 0.58,
    attend: 0.66,
    pay: 0.55,
    source: 'bing',
    medium: 'organic',
    referrer: 'https://cn.bing.com/',
    landing: '/',
    desktop: 0.6,
  },
  {
    key: 'referral',
    name: '老带新',
    share: 0.06,
    costPerVisit: 90,
    lead: 0.62,
    trial: 0.78,
    attend: 0.82,
    pay: 0.66,
    source: 'referral',
    medium: 'invite',
    referrer: '',
    landing: '/invite',
    desktop: 0.02,
  },
  {
    key: 'bookstore',
    name: '图书扫码',
    share: 0.04,
    costPerVisit: 12,
    lead: 0.44,
    trial: 0.55,
    attend: 0.62,
    pay: 0.48,
    source: 'book_qr',
    medium: 'offline',
    referrer: '',
    landing: '/lp/book',
    desktop: 0,
  },
  {
    key: 'direct',
    name: '直接访问',
    share: 0.025,
    costPerVisit: 0,
    lead: 0.24,
    trial: 0.55,
    attend: 0.64,
    pay: 0.52,
    source: 'direct',
    medium: 'none',
    referrer: '',
    landing: '/',
    desktop: 0.4,
  },
  {
    key: 'b2b',
    name: '企业合作',
    share: 0.015,
    costPerVisit: 420,
    lead: 0.55,
    trial: 0.6,
    attend: 0.8,
    pay: 0.3,
    source: 'b2b',
    medium: 'sales',
    referrer: '',
    landing: '/business',
    desktop: 0.85,
  },
]

/** From this day on the Tencent landing page loads its form too late: the clicks are paid for, the leads stay away. */
export const TENCENT_FAILS_FROM = 122

export function leadRate(channel: Channel, calendar: Calendar, at: number): number {
  const isBroken = channel.key === 'tencent' && dayOf(calendar, at) >= TENCENT_FAILS_FROM
  return isBroken ? channel.lead * 0.15 : channel.lead
}

import { defineWords } from '#ui/i18n.ts'

export const newWorkspaceWords = defineWords('new-workspace', {
  zh: {
    title: '新建工作区',
    purpose: '给另一家公司或品牌用：客户、事件、成员和密钥都与当前工作区隔开。你是它的所有者。',
    create: '新建并进入',
    name: '名称',
    nameMissing: '请填写名称',
    timezone: '时区',
    country: '国家或地区',
    currency: '币种',
  },
  en: {
    title: 'New workspace',
    purpose:
      'For another company or brand: its people, events, members and keys are walled off from this one. You will own it.',
    create: 'Create and enter',
    name: 'Name',
    nameMissing: 'Enter a name',
    timezone: 'Time zone',
    country: 'Country or region',
    currency: 'Currency',
  },
})

import { defineWords } from '#ui/i18n.ts'

export const workspaceWords = defineWords('workspace', {
  zh: {
    title: '基本信息',
    purpose: '工作区的名称，以及计算日期、识别手机号和显示金额的依据。',
    name: '名称',
    nameMissing: '请填写名称',
    timezone: '时区',
    timezoneHint: '“今天”和按日期的条件按它计算；每个人可以在个人设置里换成自己的显示时区。',
    country: '国家或地区',
    countryHint: '没有国际区号的手机号按这里解读。',
    currency: '币种',
    id: '工作区 ID',
    created: '创建于',
    save: '保存',
    saved: '已保存',
    readOnly: '你可以查看，但不能修改。需要“修改设置”权限。',
  },
  en: {
    title: 'General',
    purpose: 'Its name, and what dates, phone numbers and amounts are read by.',
    name: 'Name',
    nameMissing: 'Enter a name',
    timezone: 'Time zone',
    timezoneHint:
      '“Today” and conditions by date count in it. Everybody may choose another one for display in their profile.',
    country: 'Country or region',
    countryHint: 'Phone numbers without a country code are read as from here.',
    currency: 'Currency',
    id: 'Workspace id',
    created: 'Created',
    save: 'Save',
    saved: 'Saved',
    readOnly: 'You can look but not change. That needs the permission “Change settings”.',
  },
})

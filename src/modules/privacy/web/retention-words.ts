import { defineWords } from '#ui/i18n.ts'

export const retentionWords = defineWords('retention', {
  zh: {
    title: '事件保留期限',
    purpose:
      '客户行为事件保留多久。到期的事件会从所有存储中彻底删除，包括原始日志和订单明细；客户资料、属性和标签保留。',
    keep: '保留',
    forever: '永久保留',
    days: '保留固定天数',
    daysLabel: '天数',
    daysUnit: '天',
    daysHint: '30 天到 100 年；更早的事件每天清理一次。',
    daysMissing: '请填写 30 到 36500 之间的天数',
    previewNothing: '现在没有早于 {{before}} 的事件。',
    preview: '现在有 {{count}} 条早于 {{before}} 的事件会被彻底删除，无法恢复。',
    oldest: '最早的事件在',
    save: '保存',
    saved: '已保存',
    confirmTitle: '彻底删除 {{count}} 条事件？',
    confirmText:
      '它们会从时间线、分群、分析和订单明细中消失，重建也不会恢复。旧的备份里仍有它们，直到备份被删除。',
    confirm: '删除并保存',
    running: '正在清理较早的事件。',
    last: '上次清理：删除 {{count}} 条，',
    never: '还没有清理过。',
    readOnly: '修改需要“彻底删除客户”权限。',
  },
  en: {
    title: 'Event retention',
    purpose:
      'How long what people did is kept. Older events are removed from every store for good, the raw log and order lines included; people, attributes and tags stay.',
    keep: 'Keep events',
    forever: 'For ever',
    days: 'For a number of days',
    daysLabel: 'Days',
    daysUnit: 'days',
    daysHint: '30 days to 100 years; older events are removed once a day.',
    daysMissing: 'Write a number of days from 30 to 36,500',
    previewNothing: 'There are no events before {{before}} now.',
    preview: '{{count}} events before {{before}} would be removed now, for good.',
    oldest: 'The earliest event was on',
    save: 'Save',
    saved: 'Saved',
    confirmTitle: 'Remove {{count}} events for good?',
    confirmText:
      'They leave timelines, segments, analyses and order lines, and a rebuild does not bring them back. Older backups hold them until they are deleted.',
    confirm: 'Remove and save',
    running: 'Older events are being removed.',
    last: 'Last cleaning: {{count}} events removed,',
    never: 'Nothing has been removed yet.',
    readOnly: 'Changing it takes the permission “Erase people for good”.',
  },
})

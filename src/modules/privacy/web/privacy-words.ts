import { defineWords } from '#ui/i18n.ts'

export const privacyWords = defineWords('privacy', {
  zh: {
    exportAll: '导出此人的全部数据（JSON）',
    erase: '彻底删除…',
    eraseTitle: '彻底删除“{{name}}”？',
    eraseText:
      '此人的标识、属性、标签、全部行为、订单和分群记录会从所有存储中删除，之前的备份恢复后也不会再出现；当前工作区里已生成的导出文件也会一并删除。此操作不可恢复。',
    erasing: '正在彻底删除“{{name}}”，进度见后台任务',
    confirmWord: '彻底删除',
  },
  en: {
    exportAll: 'Export everything known of them (JSON)',
    erase: 'Erase for good…',
    eraseTitle: 'Erase “{{name}}” for good?',
    eraseText:
      'Their identifiers, attributes, tags, everything they did, their orders and segment history are removed from every store, and do not come back with an older backup. Files exported in this workspace are removed, too. This cannot be undone.',
    erasing: 'Erasing “{{name}}”; background jobs show how far it is',
    confirmWord: 'erase',
  },
})

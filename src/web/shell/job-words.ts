import { defineWords } from '#ui/i18n.ts'

export const jobWords = defineWords('jobs', {
  zh: {
    title: '后台任务',
    open: '后台任务，{{count}} 个进行中',
    none: '还没有后台任务',
    noneText: '计算分群这样的耗时工作在后台进行，进度和结果会出现在这里。',
    waiting: '排队中',
    running: '进行中',
    done: '已完成',
    failed: '失败',
    cancelled: '已取消',
    stopping: '正在取消…',
    cancel: '取消',
    cancelLabel: '取消：{{title}}',
    mine: '我的',
    'segments:build': '计算分群',
    unknown: '后台任务',
  },
  en: {
    title: 'Background jobs',
    open: 'Background jobs, {{count}} in progress',
    none: 'No background jobs yet',
    noneText:
      'Work that takes long, such as counting a segment, runs in the background; its progress and result show here.',
    waiting: 'Waiting',
    running: 'Running',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
    stopping: 'Cancelling…',
    cancel: 'Cancel',
    cancelLabel: 'Cancel: {{title}}',
    mine: 'mine',
    'segments:build': 'Count a segment',
    unknown: 'Background job',
  },
})

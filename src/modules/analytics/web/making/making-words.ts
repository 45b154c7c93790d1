import { defineWords } from '#ui/i18n.ts'

export const makingWords = defineWords('making', {
  zh: {
    working: '正在存入…',
    progress: '存为分群的进度',
    cancel: '停止',
    stopping: '正在停止…',
    open: '打开「{{name}}」',
    openAll: '存好了 {{count}} 个分群',
    undo: '撤销',
    undone: '已撤销',
    failed: '没有存完，请重试。已存入的客户可以撤销。',
    cancelled: '已停止，只存入了一部分客户。',
  },
  en: {
    working: 'Putting people in…',
    progress: 'Progress of saving as segment',
    cancel: 'Stop',
    stopping: 'Stopping…',
    open: 'Open “{{name}}”',
    openAll: '{{count}} segments are ready',
    undo: 'Undo',
    undone: 'Taken back',
    failed: 'It did not finish; try again. Who was put in can be taken back.',
    cancelled: 'Stopped; only some of the people were put in.',
  },
})

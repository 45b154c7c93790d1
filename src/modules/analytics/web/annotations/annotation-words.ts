import { defineWords } from '#ui/i18n.ts'

export const annotationWords = defineWords('annotations', {
  zh: {
    title: '标注',
    add: '添加标注',
    edit: '修改标注',
    editOf: '修改标注：{{text}}',
    removeOf: '删除标注：{{text}}',
    removed: '已删除标注“{{text}}”',
    save: '保存',
    day: '日期',
    dayMissing: '请选择日期',
    text: '那天发生了什么',
    textMissing: '请写一句话',
    textPlaceholder: '例如：双11 大促开始，全场立减 500 元',
    by: '由 {{name}} 标注',
  },
  en: {
    title: 'Annotations',
    add: 'Annotate',
    edit: 'Edit annotation',
    editOf: 'Edit annotation: {{text}}',
    removeOf: 'Delete annotation: {{text}}',
    removed: 'Deleted annotation “{{text}}”',
    save: 'Save',
    day: 'Day',
    dayMissing: 'Choose a day',
    text: 'What happened',
    textMissing: 'Say it in a sentence',
    textPlaceholder: 'For example: sale began, 500 off everything',
    by: 'Noted by {{name}}',
  },
})

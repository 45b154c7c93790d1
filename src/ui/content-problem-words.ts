/** Words of error codes about templates and what stands in them; part of `problemWords`. */
export const contentProblems = {
  zh: {
    'template.missing': '没有这个模板，可能已被删除。',
    'template.archived': '这个模板已归档，请先恢复它。',
    'template.changed': '这个模板刚被别人改过。请刷新后再改，以免覆盖对方的内容。',
    'template.name_taken': '这个渠道里已有同名模板，请换一个名称。',
    'template.faulty': '模板里有必须先改正的问题，改好后再发布。',
    'template.bad_body': '内容里有这个渠道不认识的字段。',
    'template.language_missing': '模板里没有这种语言。',
    'template.last_language': '模板至少要保留一种语言。',
    'template.in_use': '有活动或旅程正在使用这个模板，不能归档。',
    'template.version_missing': '没有这个版本。',
    'template.not_mail': '这里只能测试发送邮件，其他渠道请在渠道设置里测试。',
    'template.not_published': '这个模板还没有发布过。',
  },
  en: {
    'template.missing': 'There is no such template; it may have been deleted.',
    'template.archived': 'This template was put away. Bring it back first.',
    'template.changed':
      'Somebody else has just changed this template. Reload it, so that their work is not lost.',
    'template.name_taken': 'There is a template of this name on this channel. Choose another.',
    'template.faulty': 'Something in the template must be put right before it is published.',
    'template.bad_body': 'There is a field in it that this channel does not know.',
    'template.language_missing': 'The template says nothing in this language.',
    'template.last_language': 'A template keeps at least one language.',
    'template.in_use': 'A campaign or journey sends this template, so it cannot be put away.',
    'template.version_missing': 'There is no such version.',
    'template.not_mail':
      'Only e-mails can be tried here; the others are tried in the settings of their channel.',
    'template.not_published': 'This template has not been published yet.',
  },
}

/** Words of error codes about analyses; part of `problemWords`. */
export const analysisProblems = {
  zh: {
    'analytics.unavailable': '分析引擎暂时没有回应，请稍后重试。',
    'analysis.missing': '没有这个分析，可能已被删除。',
    'analysis.name_taken': '这个文件夹里已有同名分析，请换一个名称。',
    'analysis.changed': '有人刚刚改过这个分析，请先看一下再改。',
    'analysis.in_use': '这个分析还显示在别处，请先在那里移除。',
    'annotation.missing': '没有这条标注，可能已被删除。',
    'annotation.changed': '有人刚刚改过这条标注，请先看一下再改。',
    'analytics.bad_question': '这个问题无法计算，请检查标出的部分。',
    'analytics.asks_too_much': '你看到的这类个人数据是打码的，不能按它的值计算。',
    'analytics.took_too_long': '这个问题太大，没能在限度内算完。请缩短时间范围、减少细分或缩小客户范围。',
    'analytics.too_many_questions': '这个工作区同时在算的问题太多，请稍后再试。',
    'analytics.cancelled': '这次查询已取消。',
  },
  en: {
    'analytics.unavailable': 'The analytics engine does not answer right now. Try again in a moment.',
    'analysis.missing': 'There is no such analysis; it may have been deleted.',
    'analysis.name_taken': 'There is an analysis of this name in this folder. Choose another.',
    'analysis.changed': 'Somebody changed this analysis meanwhile. Look at it before you change it.',
    'analysis.in_use': 'This analysis is shown elsewhere. Take it out there first.',
    'annotation.missing': 'There is no such annotation; it may have been deleted.',
    'annotation.changed': 'Somebody changed this annotation meanwhile. Look at it before you change it.',
    'analytics.bad_question': 'This question cannot be answered; look at the part it names.',
    'analytics.asks_too_much': 'You see this personal data masked, so numbers by its values are not shown.',
    'analytics.took_too_long':
      'The question is too large for its limits. Shorten the period, break down by less, or ask about fewer people.',
    'analytics.too_many_questions': 'This workspace asks too many questions at once; try again in a moment.',
    'analytics.cancelled': 'This query was cancelled.',
  },
} as const

/** What may go wrong with consents and suppressions; part of the problem words. */
export const consentProblems = {
  zh: {
    'consent.topic_missing': '没有这个消息主题，可能已被删除。',
    'consent.topic_taken': '已有相同标识的主题，请换一个。',
    'consent.too_many_topics': '主题已达上限，请先归档不用的主题。',
    'consent.no_address': '这位客户在此渠道没有地址，或有多个地址：请指定其中一个。',
    'consent.suppressed': '此地址在拒收名单中，请先移出名单。',
    'consent_page.too_often': '操作太频繁，请稍候再试。',
    'suppression.bad_address': '这不是该渠道的有效地址，请检查后重新填写。',
    'suppression.ended': '到期时间已过，请选择以后的时间。',
    'suppression.missing': '名单中没有这一条，可能已被移出。',
    'suppression.no_address_column': '文件第一行须有名为 address 的列。',
    'suppression.unreadable': '无法读取，这不是 CSV 文件。',
  },
  en: {
    'consent.topic_missing': 'There is no such topic; it may have been removed.',
    'consent.topic_taken': 'There is a topic with this key; choose another.',
    'consent.too_many_topics': 'There can be no more topics; archive one that is not used.',
    'consent.no_address': 'This person has no address on this channel, or several: name one of theirs.',
    'consent.suppressed': 'This address is suppressed; remove it from the list first.',
    'consent_page.too_often': 'That was too often; wait a moment and try again.',
    'suppression.bad_address': 'This is no address of that channel; check it and try again.',
    'suppression.ended': 'The end lies in the past; choose a later one.',
    'suppression.missing': 'This is not on the list; it may have been removed.',
    'suppression.no_address_column': 'The first line of the file must name a column “address”.',
    'suppression.unreadable': 'This could not be read; it is not a CSV file.',
  },
}

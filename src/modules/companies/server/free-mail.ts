/** Mail domains anybody can have an address of: they say nothing about where somebody works. */
const free = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.jp yahoo.co.uk ymail.com ' +
    'icloud.com me.com mac.com aol.com proton.me protonmail.com gmx.com gmx.de gmx.net web.de mail.com mail.ru yandex.ru ' +
    'yandex.com zoho.com fastmail.com hey.com tutanota.com naver.com daum.net hanmail.net qq.com foxmail.com vip.qq.com ' +
    '163.com 126.com yeah.net vip.163.com 188.com sina.com sina.cn vip.sina.com sohu.com tom.com 21cn.com 139.com 189.cn ' +
    'wo.cn aliyun.com 263.net example.com'
  ).split(' '),
)

export const isFreeMail = (domain: string): boolean => free.has(domain.toLowerCase())

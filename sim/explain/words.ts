/**
 * Our own sentences, in English and Chinese. What a tool prints, a path or an ACL entry is never translated.
 */
export type Words = Readonly<{ en: string; zh: string }>;

/** The same in both languages: output, commands, names. */
export const verbatim = (text: string): Words => ({ en: text, zh: text });

/** Words with their parts joined, each in its language. */
export const joined = (parts: readonly Words[], en = ', ', zh = '，'): Words => ({
  en: parts.map((part) => part.en).join(en),
  zh: parts.map((part) => part.zh).join(zh),
});

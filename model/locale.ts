/** The locales of the segments guide, "Request parameters". In a file of its own: what programs see of it needs no library. */
export const LOCALES = ["en_US", "fr_FR", "ja_JP", "de_DE", "es_ES", "ko_KR", "pt_BR", "zh_CN", "zh_TW"] as const;
export type Locale = (typeof LOCALES)[number];

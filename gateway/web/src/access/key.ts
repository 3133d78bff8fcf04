const NAME = 'kombine-key';
const YEAR_SECONDS = 365 * 24 * 3600;

/** What may stand in a cookie as it is. */
const USABLE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,200}$/;

/** Why a text can be no key, or null. */
export const unusable = (key: string) =>
  USABLE.test(key) ? null : 'A key is 1 to 200 letters, digits and signs, without spaces, quotes or commas.';

/**
 * The cookie that carries the key: pictures, films, downloads and streams can send no header. It goes to this
 * gateway only, and only from its own pages; an empty key takes it away.
 */
export const cookieOf = (key: string, secure: boolean) =>
  `${NAME}=${key}; path=/; SameSite=Strict; max-age=${key === '' ? 0 : YEAR_SECONDS}${secure ? '; Secure' : ''}`;

export function keepKey(key: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is there on https alone
  document.cookie = cookieOf(key, location.protocol === 'https:');
}

export const hasKey = (cookies: string) =>
  cookies.split('; ').some((cookie) => cookie.startsWith(`${NAME}=`) && cookie.length > NAME.length + 1);

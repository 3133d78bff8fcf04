import { describe, expect, it } from 'vitest';
import { cookieOf, hasKey, unusable } from './key';

describe('a key of this browser', () => {
  it('goes to the gateway from its own pages alone, and over https where the page is', () => {
    expect(cookieOf('k-1', true)).toBe('kombine-key=k-1; path=/; SameSite=Strict; max-age=31536000; Secure');
    expect(cookieOf('k-1', false)).not.toContain('Secure');
  });

  it('is taken away by an empty one', () => {
    expect(cookieOf('', false)).toContain('max-age=0');
  });

  it('is seen among other cookies', () => {
    expect(hasKey('a=b; kombine-key=k; c=d')).toBe(true);
    expect(hasKey('kombine-key=')).toBe(false);
    expect(hasKey('not-kombine-key=k')).toBe(false);
  });

  it('has nothing in it that ends a cookie', () => {
    expect(unusable('kb_live-42.x~')).toBeNull();
    for (const key of ['', 'a b', 'a;b', 'a,b', '"a"', 'a\\b', 'é', 'x'.repeat(201)])
      expect(unusable(key)).not.toBeNull();
  });
});

// The token by which the server knows who asks: typed in once, kept in this browser. A server without tokens asks
// for none.

const NAME = 'throughline.token';

class Token {
  value = $state<string>(stored());
  /** The server asked for one, or for another than this. */
  wanted = $state(false);

  /** Sent from now on, to see whether the server knows it. */
  set(value: string): void {
    this.value = value.trim();
  }

  /** The server knows it. */
  keep(): void {
    this.wanted = false;
    try {
      localStorage.setItem(NAME, this.value);
    } catch {
      // Storage may be denied: the token then lasts as long as the page.
    }
  }

  forget(): void {
    this.value = '';
    try {
      localStorage.removeItem(NAME);
    } catch {
      // It was not kept either.
    }
  }

  /** Whoever comes next at this browser is asked for one. */
  leave(): void {
    this.forget();
    this.wanted = true;
  }

  headers(): Record<string, string> {
    return this.value === '' ? {} : { authorization: `Bearer ${this.value}` };
  }
}

function stored(): string {
  try {
    return localStorage.getItem(NAME) ?? '';
  } catch {
    return '';
  }
}

export const token = new Token();

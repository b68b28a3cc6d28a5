import type { EmulatorClock } from "./clock";

/** A day, less a second: what IMS answers as `expires_in`. */
const issuedSeconds = 86_399;

/** What the token endpoint answers. */
export interface IssuedToken {
  readonly access_token: string;
  readonly token_type: "bearer";
  /** Seconds. */
  readonly expires_in: number;
}

/** Access tokens that this emulator has issued. No other token is ever accepted. */
export class Tokens {
  private readonly expiryByToken = new Map<string, number>();
  private issued = 0;
  private lifetimeSeconds = issuedSeconds;

  /** @param mark a text of this emulator's own, so that a token kept from another one is not accepted. */
  constructor(
    private readonly clock: EmulatorClock,
    private readonly mark: string,
  ) {}

  issue(): IssuedToken {
    this.forgetExpired();
    const token = `${this.mark}.${++this.issued}`;
    this.expiryByToken.set(token, this.clock.now() + this.lifetimeSeconds * 1000);
    return { access_token: token, token_type: "bearer", expires_in: this.lifetimeSeconds };
  }

  accepts(token: string): boolean {
    const expiry = this.expiryByToken.get(token);
    return expiry !== undefined && this.clock.now() < expiry;
  }

  /** Lifetime of tokens issued from now on, in seconds. */
  setLifetime(seconds: number): void {
    this.lifetimeSeconds = seconds;
  }

  /** Answers how many tokens are no longer accepted. */
  revokeAll(): number {
    const count = this.expiryByToken.size;
    this.expiryByToken.clear();
    return count;
  }

  resetLifetime(): void {
    this.lifetimeSeconds = issuedSeconds;
  }

  private forgetExpired(): void {
    for (const [token, expiry] of this.expiryByToken) if (expiry <= this.clock.now()) this.expiryByToken.delete(token);
  }
}

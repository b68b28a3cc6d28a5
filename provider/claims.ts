/**
 * What requests of this host are known to have made, for an hour. Two stacks may ask for the same content at the same time:
 * what one has got is never the result of the other's lost request.
 */
export interface Claims {
  /**
   * Notes whose a segment or job is.
   *
   * @param by the intent behind the request. Claiming twice for the same one is no conflict.
   * @returns whether it is this one's: of two that claim at the same time, one gets it.
   */
  claim(id: string, by: string): Promise<boolean>;
}

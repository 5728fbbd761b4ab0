package dev.transom.api.tokenizer;

/** The end of a sequence at which tokens are cut off or filled up. */
public enum Side {
  /** Before the first token. */
  LEFT,
  /** After the last token. */
  RIGHT
}

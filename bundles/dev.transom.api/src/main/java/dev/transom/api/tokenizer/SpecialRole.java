package dev.transom.api.tokenizer;

/** The roles that special tokens play in a model's texts, with the key that names them in tokenizer_config.json. */
public enum SpecialRole {
  /** Begin of a sequence. */
  BEGIN("bos_token"),
  /** End of a sequence: generation stops here. */
  END("eos_token"),
  /** Stands for what the vocabulary lacks. */
  UNKNOWN("unk_token"),
  /** Fills a batch's shorter rows. */
  PAD("pad_token"),
  /** First position of an encoder, whose hidden state classifies. */
  CLASSIFIER("cls_token"),
  /** Parts the sequences of an encoder. */
  SEPARATOR("sep_token"),
  /** The blank of masked language modelling. */
  MASK("mask_token");

  private final String key;

  SpecialRole(String key) {
    this.key = key;
  }

  /** The key in tokenizer_config.json and special_tokens_map.json. */
  public String key() {
    return key;
  }
}

package dev.transom.chat.internal.jinja;

/**
 * What a name without a value gives: false, empty, and refused by everything that needs a value.
 *
 * @param name how the template called it
 */
record Undefined(String name) {}

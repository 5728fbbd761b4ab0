package dev.transom.chat.internal.jinja;

import java.util.List;
import java.util.Map;

/** Something that a template calls. */
@FunctionalInterface
interface Function {

    Object call(List<Object> arguments, Map<String, Object> named);
}

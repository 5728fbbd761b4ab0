package dev.transom.kernels.x86.internal.asm;

import java.util.ArrayList;
import java.util.List;

/** A place in the code, perhaps one still to come. */
public final class Label {

    /** Where it is, once it is bound. */
    int position = -1;
    /** Where offsets of four bytes to it stand. */
    final List<Integer> uses = new ArrayList<>();
}
